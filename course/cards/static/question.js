import { card } from "./card.js";

export default {
  render({ model, el }) {
    const drawn = card(model, el);
    return () => drawn.close();
  },
};
