"""The length of a text as other programs count it."""


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units, which JavaScript counts, and so LinkedIn's and Slack's pages."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def largest_counted_length(text: str) -> int:
    """Return the larger of code points and UTF-16 units, so that no counter finds the text longer."""
    return max(len(text), utf16_length(text))
