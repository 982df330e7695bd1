### What stands before a question, what the words for every step say, and what is said when something goes otherwise.

remark-greeting = Hello again. Was that your answer, or just a hello?
remark-empty = That message came without words, so the question still stands.
remark-choose = For this one, please press one of the buttons.
remark-unticked = Nothing is ticked yet. Please tick at least one, or press “{ choice-nothing }”, which is a good answer too.
remark-stray = I've kept what you wrote; it will be offered where it fits. First, this one:
remark-out-of-turn = We've moved on since that button. This is where we are:
remark-added = I've added that to your answer before, since you wrote it before this question stood here.
remark-edited = I've changed your answer to match.
remark-removed = You deleted a message, so I've taken its words out of the story.
remark-unmeant = It is out of the story again. So this is still open:
remark-taken-out = It is out of the story again.
remark-restored = Back in the story.
file-beside-words = Thank you. I can only read text, so I've taken the words you wrote, and not the file.
file-alone = Thank you. I can only read text, so I haven't taken the file.
remark-wordless = Thank you. I can only read text, so that didn't go into the story. In your own words, then:
remark-first = This is the beginning; there's nothing before it.
remark-saved = Saved, word for word.
remark-swapped = The new words are in.
remark-not-found = The earlier words no longer stand in the story as they did, so I can't tell where the new ones belong. The editor is the place for it.
remark-back = Good to see you again. Everything is kept. Was that your answer to this question?
remark-welcome-back = Good to see you again. Everything is kept; this is where we were:

edited-aside = I've changed your answer to match, in the story you put aside.
removed-aside = You deleted a message, so I've taken its words out of the story you put aside.
unmeant-aside = It is out of the story you put aside.
choice-keep-it = Keep it in the story
compare-ask = You changed an answer. The whole text has been edited by hand since, so I won't touch it unasked.
compare-ask-new = Your new answer isn't in the story yet. The whole text has been edited by hand since, so I won't touch it unasked.
compare-old = In the story so far:
compare-new = Now:
compare-gone = Now: taken out
compare-aside = I've noted it. The text of the story you put aside has been edited by hand, so I'll ask what becomes of these words when you take it up again.
choice-swap = Put the new words in
choice-swap-gone = Take it out of the story
choice-leave_story = Leave the story as it is

menu-stop = Stop
menu-delete = Delete
menu-help = Help
menu-language = Language
choice-back = Back
choice-skip = Skip
choice-pause = Pause

paused = Saved. Write to me whenever you like.
later = That's fine. Write to me whenever you like.
declined = That's fine. Nobody hears of it, and I won't ask again. If you ever feel like it, write to me.
stopped = Done. No more messages about this. Your draft stays until you say delete.
stopped-answer = Done. No more messages about this. Your draft stays until you say delete. If that word was your answer, write it with a few others around it; “{ home-first-allow }” on my Home tab takes the stop back.
delete-ask = Erase your draft, answers and choices? This can't be undone. Group reports already published never carried your name and stay as they are.
choice-erase = Erase
choice-keep-draft = Keep
delete-nothing = There is no draft to erase. Everything else held about you can be seen and deleted on my Home tab.
deleted = Erased: the draft, its answers and its choices. What you typed still stands in this conversation until you delete it in Slack.
kept = Kept. Nothing has changed.
language-ask = In which language shall I speak with you? The story keeps its own.
language-set = English it is.
help = I help you write a short career story of your own, one small question at a time. You can type or press:
    • *back*: to the question before
    • *skip*: on without an answer, where a question can be skipped
    • *pause*: I keep everything; write to me to go on
    • *stop*: I write nothing more unasked, except what concerns your own data
    • *fewer*: half as much of what those who run the programme want of you
    • *quiet until 12 March*, or another day: nothing unasked before it
    • *later*, *tomorrow*, *next week*: put off what I asked last
    • *as usual*: ends *fewer* and *quiet*
    • *delete*: erase this draft and its answers
    • *language*: English or Arabic
    While a question waits for your words, *fewer*, *later* and the like are kept as your answer; a button beside them says what else you meant.
    You can edit or delete your messages here, and the story follows. Everything else is on my Home tab.
help-command = */hakawati* begins your story, or shows where you were. *{ $command } story* does the same, *{ $command } help* shows this.
command-unknown = I don't know that word after { $command }. *{ $command }* begins your story, *{ $command } help* explains.
command-done = I've written to you in our direct messages.

resume-ask = You have a story in progress. Go on with it, or put it aside and start another? Whatever is put aside stays on my Home tab.
choice-resume = Go on
choice-replace = Put it aside, start another
choice-begin = Write a story
stopped-begin = You asked me to stop, and I will stay silent unless you write. Shall we write a story all the same?

landed-ask = Did the new text make it onto your profile? Any answer is fine; I won't check.
choice-landed-up = It's up
choice-landed-not_yet = Not yet
choice-landed-changed_mind = Changed my mind
landed-thanks = Thank you for telling me.

edit-title = Your story
edit-label = The whole text
edit-label-part = Part { $n } of { $of }
edit-hint = Everything here is yours to change. Every version is kept.
edit-hint-gaps = Everything here is yours to change. What stands in square brackets is a gap: write over it, brackets and all, or leave it open. Every version is kept.
edit-empty = A story needs at least a word. To erase it, close this window and type delete.
edit-gone = This draft was deleted in the meantime. Your words are still here: copy them before you close this window.
edit-aside = This story has been put aside in the meantime. Your words are still here: copy them, take the story up again on the Home tab, and put them in there.
edit-too-long = Together these parts come to more than I can keep in one piece (40,000 characters). Your words are still here; make it a little shorter.
edit-newer = Saved. The text had been changed on another device in the meantime; that version is kept too, under earlier versions.

share-title = How much is mine
share-whole = { $percent }% of the words are your own.
share-no-cards = No card is in it: every word is your own.
share-kept = kept as it was
share-filled = gaps filled, frame as it was
share-adapted = made your own
share-replaced = a spark only: little of it is left

note-show-title = Where it stands
problem-unexpected = Something went wrong on my side. What you wrote is safe here in our conversation. If it happens again, tell whoever runs me this reference: { $reference }
problem-stranger = Hello. I'm here for the people of { $company }, so I can't help with a story here.
problem-guest = Hello. These stories are for the people employed at { $company }, so I can't start one with a guest account.
problem-no-draft = That draft is no longer here. Write to me to begin a new one.
problem-unreachable = I can't write to you there.
modal-sorry-title = Sorry
stopped-nothing = Done. I won't write unless you write to me. The only exception is what concerns your own data.
