"""Every sentence the engine says, in one place.

Rules for whoever edits them: second person, plain and warm, no scolding, never "wrong" or "incorrect"; a headline has at most
eight words, a message at most sixty; {braces} are filled in by the engine and never hold the whole code of the key.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Most words a message may have, and a headline.
MESSAGE_WORDS = 60
HEADLINE_WORDS = 8

HEADLINES: dict[str, str] = {
    "right": "That is it.",
    "blank": "Nothing entered yet.",
    "optional": "Not required, and fine.",
    # the string
    "several": "One code per box, please.",
    "words": "Words, where a code belongs.",
    "short": "A code has at least three characters.",
    "strange": "This is not the shape of a code.",
    "number": "ICD-10-CM codes begin with a letter.",
    "icd9": "That looks like ICD-9-CM.",
    "cpt": "That looks like a procedure code.",
    "cpt_modifier": "That looks like a procedure code.",
    "modifier": "That looks like a modifier.",
    "hcpcs": "That looks like HCPCS Level II.",
    "pcs": "That looks like ICD-10-PCS.",
    "block": "That is a block of categories.",
    "twin": "A letter and a digit changed places.",
    "no_category": "No such category.",
    "no_child": "The way ends here.",
    # the code
    "deleted": "This code has been retired.",
    "not_yet": "This code is newer than the edition.",
    "heading": "Almost: this is a heading.",
    "heading_elsewhere": "This is a heading.",
    "missing_seventh": "Almost: the 7th character is missing.",
    "placeholder_missing": "Almost: an X is missing.",
    "placeholder_wrong": "Only an X stands in that place.",
    "seventh_too_early": "The 7th character came too early.",
    "over_long": "Almost: too many characters.",
    "seventh_not_offered": "{char} is not offered here.",
    "x_where_detail": "That place is not empty.",
    "wrong_seventh": "Right code, other 7th character.",
    # against the key
    "wrong_side": "Other side.",
    "both_sides": "One side or both?",
    "side_left_out": "You left the side out.",
    "unspecified": "The note says more than that.",
    "side_too_specific": "Does the note name a side?",
    "too_specific": "More than the note says.",
    "other_for_unspecified": "“Other” is not “unspecified”.",
    "unspecified_for_other": "“Unspecified” is not “other”.",
    "other_for_named": "This one has its own code.",
    "near_detail": "Very close: one detail differs.",
    "detail": "Right category, other detail.",
    "symptom": "A symptom, where a diagnosis is known.",
    "category": "Right neighbourhood, other category.",
    "block_away": "Right chapter, another part of it.",
    "chapter_away": "Another chapter altogether.",
    # sets
    "excludes1": "These two exclude each other.",
    "order": "Right codes, other order.",
    "manifestation_first": "This code never comes first.",
    "partner": "A partner code is missing.",
    "missing": "Something is not coded yet.",
    "duplicate": "Entered twice.",
    "extra": "One code more than the note supports.",
}

SENTENCES: dict[str, str] = {
    # no fault
    "right": "{code}: {title}.",
    "blank": "Type a code, or search for the words of the note.",
    "optional": "{code} may be added here, though nothing in the question depends on it.",
    # the string
    "shape": "An ICD-10-CM code is a letter, then two to six more characters, with a dot after the third.",
    "several": "Give each code a box of its own, in the order you want them.",
    "words": "“{echo}” is wording for the search, which will show you codes. Enter the code you pick.",
    "short": "“{echo}” is the beginning of one.",
    "strange": "“{echo}” cannot be read as a code.",
    "number": "“{echo}” is only digits.",
    "icd9": "“{echo}” has the shape of the older set, which ICD-10-CM replaced in October 2015.",
    "cpt": "Five characters without a leading letter, as in “{echo}”, are CPT: what was done. A diagnosis says why it was done.",
    "modifier": "“{echo}” qualifies a procedure code. Here the diagnosis is asked for.",
    "hcpcs": "A letter and four digits, as in “{echo}”, is how HCPCS Level II writes supplies, drugs and services. Here the diagnosis is asked for.",
    "pcs": "Seven characters without a dot, as in “{echo}”, is how ICD-10-PCS writes a hospital procedure. Here the diagnosis is asked for.",
    "block": "“{echo}” names a range on the page. Go into it and follow one category to its end.",
    "dash": "The dash in a book or an index means that characters are still to come.",
    "twin": "Place {place} holds {typed}, and at that place the codes have {meant}.",
    "no_category": "The Tabular List of {label} has no {stem}.",
    "no_category_icd9": "ICD-9-CM had codes of this shape.",
    "no_child": "{stem}, {title}, is there, but has no {char} as {nth} character.",
    "offers": "It offers {choices}.",
    # editions
    "deleted": "{code} was a code for “{title}” until the {label} edition retired it on {date}.",
    "deleted_split": "It was split up, and is now only a heading.",
    "deleted_gone": "Search for the words again to find where they went.",
    "deleted_nearby": "The same edition added codes in category {category}: look there.",
    "not_yet": "{code} came with the {label} edition, on {date}. This question uses {mine}.",
    # too short
    "heading": "{code} is a heading over {count} codes and cannot be reported itself.",
    "heading_more": "In all, {count} more characters are needed.",
    "places": "Next comes the {nth} character: {choices}.",
    "missing_seventh": "{code} asks for a 7th character: {list}.",
    "missing_seventh_x": "The places before it are filled with X: {shape}.",
    "own_list": "This short list at {owner} overrides the longer one at {wider}.",
    "placeholder": "A 7th character must stand in place 7. Nothing is said in between, so X fills each empty place: {shape}.",
    "placeholder_open": "A 7th character must stand in place 7. After {stem} comes an X, then {left} more: {shape}.",
    "placeholder_wrong": "After {stem} the code has an X to hold an empty place, then the rest: {shape}.",
    "seventh_too_early": "{char} belongs in place 7. Before it, the {nth} character of {stem} is still to be chosen: {choices}.",
    "seventh_too_early_plain": "{char} belongs in place 7. Before it, the {nth} character of {stem} is still to be chosen.",
    # too long
    "over_long": "{stem} is complete with {count} characters. Leave out “{surplus}”.",
    "over_long_key": "The code is complete before “{surplus}”. Leave that out.",
    # 7th characters
    "not_offered": "The 7th characters at {owner} are {list}.",
    "not_offered_wider": "{char} means “{meaning}” in the longer list at {wider}, but {owner} has its own short list, and that overrides it: {list}.",
    "seventh_initial": "{char} means active treatment is still going on (not “first visit”). Is it, on this day?",
    "seventh_subsequent": "{char} is for care while healing, after active treatment has ended. Has it ended, on this day?",
    "seventh_sequela": "{char} is for what an old injury or illness left behind. Is that what this visit is about?",
    "seventh_is_sequela": "Look at what brings the patient in: the injury itself, or something it left behind?",
    "seventh_healing": "{char} says “{meaning}”. What does the note say about the healing?",
    "seventh_wound": "{char} says “{meaning}”. Look again at the wound: open or closed, and of which type?",
    "seventh_other": "{char} says “{meaning}”. Look again at what the note says about that.",
    "x_where_detail": "X holds an empty place, and place {place} is not empty: the {nth} character of {stem} says {choices}.",
    "x_where_detail_plain": "X holds an empty place, and place {place} is not empty: the {nth} character of {stem} carries a meaning.",
    # against the key
    "so_far": "Right so far.",
    "elsewhere": "Before you complete it, check the way: {stem} is “{title}”.",
    "wrong_side": "Your code says {side}. Look at the side in the note again.",
    "both_sides": "Your code says {side}. Look again at how many sides the note names.",
    "side_left_out": "Your code leaves the side open, but the note names it. “Unspecified” is for when the record does not say.",
    "also_side": "Look at the side again too.",
    "also_seventh": "The 7th character deserves a second look too.",
    "unspecified": "Your code says “{phrase}”. The note says more, so look again at {axis}.",
    "unspecified_any": "Your code says “{phrase}”, which is for when the record does not tell. This record does: read on for {axis}.",
    "side_too_specific": "Your code says {side}, but the note does not. Report only what the record says.",
    "too_specific": "Your code says “{phrase}”. Nothing in the note says that, so the code must leave it open.",
    "other_for_unspecified": "“Other” means the record gives a detail that has no code of its own. Which detail would that be here?",
    "unspecified_for_other": "“Unspecified” means the record gives no detail. This note gives one; it just has no code of its own.",
    "other_for_named": "Your code says “other”: a detail without a code of its own. Read the neighbours: this detail has one.",
    "detail": "Your code says “{phrase}”. Look again at {axis} in the note.",
    "detail_less": "Your code leaves something out. Look again at {axis} in the note.",
    "detail_plain": "Compare it with its neighbours, and look again at {axis} in the note.",
    "shared": "You have right: {shared}.",
    "agree": "You are right up to {prefix}; the {nth} character is where it turns.",
    "symptom": "{code} is a symptom or finding. Once the provider has named the disease behind it, the disease is coded, and the symptom only if it is no usual part of it.",
    "means": "{code} means “{title}”.",
    "category": "The code you need is in the same block, {block}: read its category titles.",
    "block_away": "You are in the right chapter, {chapter}, but the note points to another block of it.",
    "chapter_away": "That is chapter {chapter}. The note points to another chapter: start again from its main term in the Index.",
    "chapter_Z": "A Z code says why someone is here when no illness or injury is the reason. The note names one.",
    "chapter_to_Z": "Look at why the patient is here: to treat this condition, or for another reason?",
    "chapter_external": "That code tells how it happened. First comes what is the matter with the patient.",
    "chapter_to_external": "That says what is the matter. Here the question is how it happened.",
    "excluded": "An {kind} at {owner} tells the two apart.",
    "key_owner": "the code you need",
    # sets
    "excludes1": "{a} and {b} exclude each other when they stand for related conditions. Keep the one that the note supports.",
    "order": "{later} stands before {first} in your answer. The Tabular List asks for the opposite.",
    "order_plain": "{later} stands before {first} in your answer. Which of the two leads?",
    "order_list": "All the codes are there. Look again at which comes first, and why.",
    "manifestation_first": "“In diseases classified elsewhere” marks what a disease does. The disease itself goes first.",
    "partner": "At {owner} the Tabular List asks for one more code beside {code}. Is it in your answer?",
    "partner_first": "At {owner} the Tabular List asks for another code before {code}. Is it in your answer?",
    "missing": "One more condition in the note is not coded yet.",
    "missing_many": "{count} more conditions in the note are not coded yet.",
    "duplicate": "A code is reported once for an encounter, however often the note speaks of it.",
    "extra": "Nothing in the note supports “{title}”.",
}  # fmt: skip

_NTH = {1: "1st", 2: "2nd", 3: "3rd"}


def nth(place: int) -> str:
    """1 gives "1st", 4 gives "4th"."""
    return _NTH.get(place, f"{place}th")


def headline(key: str, **values: object) -> str:
    """The headline of that name, filled in."""
    return HEADLINES[key].format(**values)


def sentence(key: str, **values: object) -> str:
    """The sentence of that name, filled in."""
    return SENTENCES[key].format(**values)


def compose(sentences: Iterable[str], most: int = MESSAGE_WORDS) -> str:
    """Join sentences as long as they fit into `most` words. The first is always kept, cut if it must be."""
    out: list[str] = []
    count = 0
    for text in sentences:
        size = len(text.split())
        if not text or (out and count + size > most):
            continue
        out.append(text if size <= most else " ".join(text.split()[:most]) + " …")
        count += size
    return " ".join(out)


def listing(items: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    pieces = list(items)
    return pieces[0] if len(pieces) == 1 else f"{', '.join(pieces[:-1])} and {pieces[-1]}" if pieces else ""
