### The coaching notes: take or leave. Each starts from what the writer did.

choice-note-show = Show me where
choice-note-silence = Leave it
choice-note-outside = Add something small
choice-fill = { $n ->
    [one] Fill the gap
   *[other] Fill the first gap
}

note-risk-public = Is { $count ->
    [one] this
   *[other] each of these
} already public?
note-risk-others = These are theirs, not yours. Have you asked?
note-risk-pay = Just checking you meant your pay to be public. Entirely your choice.
note-gaps-open = { $count ->
    [one] One gap is still open.
   *[other] { $count } gaps are still open.
} Copy anyway?
note-personal-skipped = There's plenty about work. One small thing about you?
note-personal-faded = What you told me about life outside work has nearly gone from the text. On purpose?
note-hook-long = Only about this much shows before “see more”: “{ $shown }” Try starting with a shorter sentence?
note-hook-stock = Many profiles begin just like this one. Try starting with your second sentence?
note-voice-distant = This reads as if someone else wrote it. Would “I” feel right?
note-voice-named = Your own name stands where “I” could. Would “I” feel right?
note-jargon-memo = “{ $term }” sounds a bit like a memo. Instead: { $instead }.
note-sentences-long = One sentence has { $words ->
    [one] one word
   *[other] { $words } words
}. Breathe after “{ $after }”?
note-sentences-mean = The sentences are long on the whole. In the longest one, breathe after “{ $after }”?
note-sentences-dense = This reads a little heavy. In the longest sentence, breathe after “{ $after }”?
note-sameness-opening = Someone else opens with nearly this line. Want yours to differ?
note-sameness-text = Some of this stands nearly word for word in another story. Want yours to differ?
note-length-over = LinkedIn stops at { $limit } characters; this is { $over } over.
note-length-long = At { $length } characters this is long for an About text; many readers stop earlier. Anything to leave out?
note-length-short = This is short. If there's one more thing worth telling, there is room.
note-length-headline = LinkedIn stops at { $limit } characters for the headline; this is { $over } over.
note-employer-unnamed = Readers deserve to know you work at { $company }. Add it?
