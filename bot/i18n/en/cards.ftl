### The lines: pages of cards, their modals, and the questions about a kept line.

ask-lines = Now the lines. Here are { $n ->
    [one] one thing
   *[other] { $n } things
} a colleague might say. None is the right answer. Keep what's true, change what's nearly true, leave the rest. Two or three is plenty.
choice-open = Show me the first five
choice-open-again = Show me the lines again
choice-without = Go on without

ask-lines-page = Lines { $from } to { $to } of { $of }. You can also write a line of your own here, as a message.
ask-lines-more = Some lines closer to your work. Same rules: keep, change, leave.
choice-keep = That's me
choice-change-card = Nearly, let me change it
choice-leave-card = Not me
card-kept = ✓ Kept
card-changed = ✓ Kept, in your words:
card-left = Left
choice-change-line = Change the line
choice-drop = Take it out
choice-next = Show me five more
choice-others = Show me others
choice-merge = Merge two
choice-write = I'll write my own
choice-none = None of these
choice-done-lines = { $n ->
    [0] Go on without
    [one] Go on with this one
   *[other] Go on with these { $n }
}
lines-own = Your own lines
lines-so-far = { $n ->
    [0] Nothing kept so far.
    [one] One line kept so far.
   *[other] { $n } lines kept so far.
}

card-change-title = In your words
card-change-label = The line as you'd say it
card-change-hint = What stands in square brackets is a gap. Write over it, brackets and all, leave it for later, or write around it.
card-merge-title = Two lines in one
card-merge-first = The first line
card-merge-second = The second line
card-merge-label = Both in one line
card-merge-hint = Write it as you'd say it. The two lines make way for this one.
card-merge-few = Two kept lines are needed to merge. Keep another one first.
card-merge-same = Those are the same line; two different ones are needed.
card-merge-gone = One of these lines is no longer kept. Your words are still here; copy them, or choose two others.
card-write-title = A line of your own
card-write-label = Your line
card-write-hint = One thing that is true of working here, as you'd say it to a friend.
card-empty = There's nothing here yet. Write a few words, or close this window.
modal-save = Save
modal-cancel = Cancel
modal-close = Close

care-public_only = Only what is already public.
care-no_customer_names = A kind of customer, not a name.
care-ask_colleague = Ask a colleague before naming or describing them.
care-your_choice = Only what you're happy to see online for years.

ask-fill = Your line has a gap. What goes in it?
fill-hint = A hint: { $hint }
choice-leave-open = Leave the gap

ask-yours = You kept this line. { $question } Or leave it as it is.

ask-balance-company = So far it's all about the place. One line on what the company makes, and for whom? Readers do wonder. Skipping is fine.
ask-balance-culture = Plenty about the product, little about your days here. One line about the people? Skipping is fine.
