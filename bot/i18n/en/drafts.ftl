### The drafting conversation: each question, its choices, and what is said when it has been answered.

## The invitation, and the ground rules

ask-invitation = Hi { $name }. We're helping anyone who'd like to write a short, honest career story, mainly for LinkedIn. It takes about 15 minutes, and you can stop any time and come back. It's up to you, and nobody sees who said no. Shall we?
choice-start = Let's start
choice-later = Later
choice-decline = Not for me
choice-words = What happens to my words?

ask-rules = Three things first. Your draft is yours: your colleagues don't see it unless you share it. I'd like to count which lines get picked, without names and only in groups of five or more, so we learn what rings true. Whether yours count is your choice. Say *stop* whenever you like, or *delete* to erase your draft and answers.
choice-count = Start, and count mine
choice-dont_count = Start, don't count mine
choice-more = Tell me more
choice-not-now = Not now

rules-more-title = The three things
rules-more-draft = *Your draft.* Only you see it here. Whoever runs the database could technically read it, and so could a workspace owner through Slack's own export. Nobody is meant to, and nobody is told who takes part and who doesn't.
rules-more-count = *Counting.* If yours count, I keep which lines I showed you, in which order, and what became of them. They appear only as totals for groups of five or more. You can take yours out later, on the Home tab.
rules-more-stop = *Stopping.* “stop” means I write nothing more unasked, except what concerns your own data. “delete” erases this draft with all its answers. On the Home tab you can see everything held about you, take it as a file, or delete it all.

## Segment and language

ask-segment = Which is nearer to your work? It decides which lines you see first and, if I may count them, which group your picks are counted in. Invitations don't depend on it. You can change it on the Home tab.
choice-tech = Building the product
choice-gtm = Working with customers
choice-neither = Neither, or rather not say

ask-language = Which language feels more like you today? The other one can come later.
choice-en = English
choice-ar = العربية

## The raw material

ask-warm_up = Pick whichever is easiest. A rough line is perfect.
    • What would you tell a curious kid you do all day?
    • What was the last piece of work that made you lose track of time?
    • What do colleagues come to you for?
choice-have_one = I have one already

ask-paste = Good. Paste the text you have, all of it, as one message. It stays yours, word for word; we only look at it together.
choice-write_one = Let's write a new one

ask-turn = How did you end up here? One turn in the road is enough: a person, a mistake, an ordinary Tuesday.

ask-outside = Now leave work for a second. { $prompt }
    One small thing, and only what you're happy for strangers to read.
choice-another = Another question

ask-ask_me = One tiny one, if you like. People read to the end and wonder how to start a conversation. How would your last sentence go, starting with “Ask me about …”?

ask-other_language = { $written ->
    [ar] That answer is in Arabic, and this story is in English. I've kept it as it is. Shall it stay that way?
   *[en] That answer is in English, and this story is in Arabic. I've kept it as it is. Shall it stay that way?
}
choice-fine-language = It stays
choice-again = I'll write it again

## Answers

choice-was_answer = That was my answer
choice-use_strays = Use what I wrote before
choice-go_on = Keep it as it is
choice-leave = Leave it
choice-change = Change
answer-so-far = Your answer so far:
answer-before = You wrote this earlier:
answered-skipped = left out
answered-words = answered
answered-again = asked again below
answered-changed = settled

## The first line, the draft, the headline

ask-first_line = Which of your sentences would make a stranger read on? Each is cut here where LinkedIn cuts it. You can also write a new one.
choice-first = Start with { $n }
choice-as_is = Leave the order as it is

ask-draft = Here's your draft, { $n ->
    [one] one word
   *[other] { $n } words
}. Every word can change.
draft-notes = Some thoughts, take or leave:
choice-fine-draft = I like it
choice-edit = Edit the text
choice-share = How much of this is mine?
choice-add_strays = Add what I wrote to the end

ask-headline = One more: the line under your name. Three easy shapes: what I do and for whom; what I do and what I care about; my title plus something human. The first 65 characters matter most, 220 is the limit.
headline-too-long = LinkedIn stops at 220 characters; this is { $over } over.

## The last look

ask-last_look = I noticed { $items }. Anything already public can stay. Your call either way.
ask-last_look-done = A last look at what strangers need not know.
ask-last_look-pay = Just checking you meant your pay to be public. Entirely your choice.
list-separator = { ", " }
choice-fine-last_look = It can stay
found-email = an e-mail address
found-phone = a phone number
found-link = a link
found-postcode = a postal code
found-figure = a business figure
found-customer = what may be a customer's name
found-code_name = an internal name
found-date = a date still to come
found-colleague = a colleague's name
found-their_pay = somebody else's pay
found-candidate = something about a candidate
found-health = something about health
found-own_pay = your own pay

## Taking it along

ask-take = Done. Copy it, open your profile, paste it under About. I can't post for you and wouldn't want to.
take-headline = The line under your name:
take-long = Your story is longer than a message shows well, so it comes as a file.
choice-linkedin = Open LinkedIn
choice-places = Other places
choice-file = As a file
choice-done = That's it
choice-keep_private = I'll keep it to myself

places-title = Other places
places-medium = *Medium.* A longer story of your own. Say in it that you work at { $company }.
places-blog = *The company blog.* Ask marketing; they give light comments on style, and you have the last word.
places-glassdoor = *Glassdoor.* This one is different. Reviews there don't show a name, and they're for your honest view, good and bad. Your story isn't a review. Nothing is given for one, and I don't record who opens the link.
choice-medium = Open Medium
choice-glassdoor = Open Glassdoor

file-name = my-story.txt
file-title = My story
file-sent-already = I've already sent you this text as a file. It is further up in this conversation.

## The two questions at the end

ask-hand = Some people like doing a bit more: a post, an event, a chat with a candidate. Tick what you'd be open to. “Nothing” is a good answer.
hand-post = Share a post now and then
hand-event = Take part in an event
hand-blog = Write for the blog
hand-candidate = Talk with a candidate
hand-label = What would you be open to?
choice-hand = Count me in for these
choice-nothing = Nothing for now

ask-highlight = On { $weekday } we show one or two stories to everyone. May we show yours some week? You'll see exactly what we'd show, and when. No answer means no, and you can change your mind up to the last minute.
choice-yes = Yes, ask me first
choice-no = No thanks
weekday-monday = Mondays

done = Nobody else could have written that one.
done-private = It stays here, with you. Nobody else could have written that one.
done-where = You'll find it on my Home tab: to read, to edit, to write another, or to delete.
done-begin = Your story is on my Home tab, to read, to edit or to delete. Shall we write another?
done-invitation = Shall we write your story?
ask-rules-done = The three ground rules.
