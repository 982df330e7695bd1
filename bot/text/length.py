"""Length: how long a text is where somebody else does the counting."""


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, which is what JavaScript (so LinkedIn's and Slack's pages) counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_length(text: str) -> int:
    """The larger of code points and UTF-16 units, so that no counter finds the text longer than we said."""
    return max(len(text), utf16_length(text))
