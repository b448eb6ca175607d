"""What a piece of evidence most often rests on, as a start for whoever enters it: they see it and change it.

Where the question is whether somebody said it, what carries their words is the document itself. Where it is whether it
is so, an article passes on somebody's account; and its denials, like statements and posts, are words against words.
"""

OF_KIND = {
    "document": "document",
    "dataset": "document",
    "image": "first_hand",
    "video": "first_hand",
    "official_statement": "bare_assertion",
    "post": "bare_assertion",
    "interview": "bare_assertion",
}


def usual_ground(*, kind: str, layer: str, stance: str) -> str:
    """The ground that is taken where none was chosen. A denial is a position until somebody says what carries it."""
    if layer == "said":
        return "document"
    if kind in OF_KIND:
        return OF_KIND[kind]
    return "bare_assertion" if stance == "refutes" else "relayed_account"
