"""The words of the generator ``neoplasm-table``: sites, findings, and words that lead past the table."""

from __future__ import annotations

#: Row -> the site as a chart says it; ``{side}`` where the record names one. Each holds the words of its own row.
SITES = {
    "adrenal": "the {side} adrenal gland", "adrenal, cortex": "the cortex of the {side} adrenal gland",
    "bladder": "the bladder", "bladder, dome": "the dome of the bladder", "bladder, neck": "the neck of the bladder",
    "bladder, trigone": "the trigone of the bladder",
    "bone, femur": "the {side} femur", "bone, humerus": "the {side} humerus", "bone, rib": "a rib",
    "bone, skull": "the skull", "bone, vertebra": "a lumbar vertebra", "brain NEC": "the brain",
    "brain NEC, cerebellum NOS": "the cerebellum", "brain NEC, frontal lobe": "the frontal lobe of the brain",
    "brain NEC, occipital lobe": "the occipital lobe of the brain",
    "brain NEC, parietal lobe": "the parietal lobe of the brain", "brain NEC, stem": "the stem of the brain",
    "brain NEC, temporal lobe": "the temporal lobe of the brain",
    "breast": "the {side} female breast",
    "breast, axillary tail": "the axillary tail of the {side} female breast",
    "breast, central portion": "the central portion of the {side} female breast",
    "breast, lower-inner quadrant": "the lower-inner quadrant of the {side} female breast",
    "breast, lower-outer quadrant": "the lower-outer quadrant of the {side} female breast",
    "breast, nipple": "the {side} female nipple",
    "breast, upper-inner quadrant": "the upper-inner quadrant of the {side} female breast",
    "breast, upper-outer quadrant": "the upper-outer quadrant of the {side} female breast",
    "bronchus, main": "the {side} main bronchus", "cervix, endocervix": "the endocervix",
    "cervix, exocervix": "the exocervix", "endometrium": "the endometrium",
    "esophagus, lower": "the lower esophagus", "esophagus, middle": "the middle esophagus",
    "esophagus, upper": "the upper esophagus", "gallbladder": "the gallbladder",
    "intestine, intestinal, large, appendix": "the appendix", "intestine, intestinal, large, cecum": "the cecum",
    "intestine, intestinal, large, colon, ascending": "the ascending colon",
    "intestine, intestinal, large, colon, descending": "the descending colon",
    "intestine, intestinal, large, colon, sigmoid": "the sigmoid colon",
    "intestine, intestinal, large, colon, transverse": "the transverse colon",
    "intestine, intestinal, large, splenic flexure": "the splenic flexure",
    "intestine, intestinal, small, duodenum": "the duodenum", "intestine, intestinal, small, ileum": "the ileum",
    "intestine, intestinal, small, jejunum": "the jejunum", "kidney": "the {side} kidney",
    "kidney, pelvis": "the pelvis of the {side} kidney", "larynx, laryngeal NEC": "the larynx", "liver": "the liver",
    "lung": "the {side} lung", "lung, lower lobe": "the lower lobe of the {side} lung",
    "lung, main bronchus": "the {side} main bronchus", "lung, upper lobe": "the upper lobe of the {side} lung",
    "lymph, lymphatic channel NEC, gland, abdominal": "an abdominal lymph node",
    "lymph, lymphatic channel NEC, gland, axilla, axillary": "an axillary lymph node",
    "lymph, lymphatic channel NEC, gland, cervical": "a cervical lymph node",
    "lymph, lymphatic channel NEC, gland, inguina, inguinal": "an inguinal lymph node",
    "lymph, lymphatic channel NEC, gland, mediastinal": "a mediastinal lymph node",
    "meninges, brain": "the meninges of the brain", "ovary": "the {side} ovary", "pancreas": "the pancreas",
    "pancreas, body": "the body of the pancreas", "pancreas, head": "the head of the pancreas",
    "pancreas, tail": "the tail of the pancreas", "peritoneum, peritoneal": "the peritoneum",
    "pituitary": "the pituitary gland", "pleura, pleural": "the pleura", "prostate": "the prostate",
    "rectosigmoid": "the rectosigmoid junction", "rectum": "the rectum",
    "salivary gland or duct, parotid": "the parotid", "stomach": "the stomach",
    "stomach, antrum": "the antrum of the stomach", "stomach, cardia": "the cardia of the stomach",
    "stomach, fundus": "the fundus of the stomach", "thyroid": "the thyroid", "tongue, base": "the base of the tongue",
    "tongue, tip": "the tip of the tongue", "uterus, uteri, uterine, fundus": "the fundus of the uterus",
    "vulva": "the vulva",
}  # fmt: skip

#: Lines under which others are indented, in words.
_ABOVE = {
    "bone": "bone", "bronchus": "the bronchus", "cervix": "the cervix", "esophagus": "the esophagus",
    "intestine, intestinal": "the intestine", "intestine, intestinal, large": "the large intestine",
    "intestine, intestinal, large, colon": "the colon", "intestine, intestinal, small": "the small intestine",
    "lymph, lymphatic channel NEC": "a lymphatic channel", "lymph, lymphatic channel NEC, gland": "a lymph node",
    "meninges": "the meninges", "salivary gland or duct": "a salivary gland or duct", "tongue": "the tongue",
    "uterus, uteri, uterine": "the uterus",
}  # fmt: skip

#: Row -> what the line is for: a row of the table has no side, and none for one sex.
PLACES = _ABOVE | {row: said.replace("{side} ", "").replace("female ", "") for row, said in SITES.items()}

#: Rows where a carcinoma in situ is a diagnosis that pathologists make. Elsewhere the table prints a code all the same.
IN_SITU = tuple(
    row
    for row in SITES
    if row.split(",")[0]
    in ("bladder", "breast", "bronchus", "cervix", "esophagus", "larynx", "lung", "rectosigmoid", "rectum", "stomach",
        "tongue", "vulva")
    or row == "kidney, pelvis"
    or row.startswith("intestine, intestinal, large")
)  # fmt: skip

#: Where cancers mostly spread to; other sites are drawn only where a single site is told of.
SPREAD = (
    "adrenal", "bone, femur", "bone, humerus", "bone, rib", "bone, skull", "bone, vertebra", "brain NEC",
    "brain NEC, cerebellum NOS", "brain NEC, frontal lobe", "brain NEC, parietal lobe", "liver", "lung",
    "lung, lower lobe", "lung, upper lobe", "lymph, lymphatic channel NEC, gland, abdominal",
    "lymph, lymphatic channel NEC, gland, axilla, axillary", "lymph, lymphatic channel NEC, gland, cervical",
    "lymph, lymphatic channel NEC, gland, inguina, inguinal", "lymph, lymphatic channel NEC, gland, mediastinal",
    "meninges, brain", "ovary", "peritoneum, peritoneal", "pleura, pleural",
)  # fmt: skip

#: Column -> what a record may say, by level. Guidelines I.C.2; a tumor of which nothing is said has no known behavior.
FINDINGS: dict[str, dict[int, tuple[str, ...]]] = {
    "primary": {
        1: ("primary cancer of {site}", "malignant tumor of {site}, which began there"),
        2: (
            "invasive cancer of {site}, new diagnosis; nodes and scans clear",
            "cancer of {site}, no spread on staging",
        ),
    },
    "secondary": {
        1: ("metastasis in {site}", "cancer that has spread to {site} from another organ"),
        2: ("metastatic cancer to {site}, primary site not found yet", "a metastatic deposit in {site}"),
    },
    "in_situ": {
        1: ("carcinoma in situ of {site}",),
        2: ("noninvasive carcinoma of {site}, stage 0", "carcinoma of {site}, still in situ"),
    },
    "benign": {
        1: ("benign tumor of {site}",),
        2: (
            "growth of {site}, on biopsy benign",
            "tumor taken out of {site} today; pathology benign, nothing malignant seen",
        ),
    },
    "uncertain": {
        1: ("tumor of {site}, on pathology of uncertain behavior",),
        2: (
            "tumor of {site}; the pathologist cannot say whether it is benign or malignant",
            "neoplasm of {site}, histology examined, behavior uncertain",
        ),
    },
    "unspecified": {
        1: ("tumor of {site}, its kind not stated",),
        2: ("neoplasm of {site}, biopsy to follow", "new growth of {site}, no tissue taken so far"),
    },
}

#: Words that lead past the table, and what the Index has for them instead.
PAST = {
    "lipoma": "Lipoma is a main term of its own; its codes go by site.",
    "melanoma": "Melanoma is a main term of its own, and the table itself says to look there.",
    "hemangioma": "Hemangioma is a main term of its own.",
    "mass": "A mass is not yet a tumor. Mass is a main term of its own and leads to findings and diseases of the site.",
}
