### The Home tab: where a story stands, the finished ones, what was agreed to, and the settings.

date-day = { $month ->
    [1] { $day } January { $year }
    [2] { $day } February { $year }
    [3] { $day } March { $year }
    [4] { $day } April { $year }
    [5] { $day } May { $year }
    [6] { $day } June { $year }
    [7] { $day } July { $year }
    [8] { $day } August { $year }
    [9] { $day } September { $year }
    [10] { $day } October { $year }
    [11] { $day } November { $year }
   *[12] { $day } December { $year }
}
date-moment = { $date }, { $time }
page-next = More
page-before = Back

## Nobody yet

home-title = Your stories
home-new-what = I help you write a short, honest career story in your own words: small questions, one at a time, in our direct messages. It takes about fifteen minutes, you can stop and come back whenever you like, and nobody sees who said no.
home-begin = Write my story
home-begin-another = Write another story
home-empty = No story is in progress at the moment.

## A story in progress

home-current-title = In progress
home-current-where = { $step ->
    [invitation] You were at the very beginning.
    [rules] You were at the ground rules.
    [segment] You were at the question about your work.
    [language] You were choosing the language.
    [warm_up] You were at the warm-up: one rough line.
    [paste] You were about to paste the text you have.
    [turn] You were at the turn in the road: how you ended up here.
    [lines] You were at the lines: keep, change, leave.
    [fill] You were filling a gap in one of your lines.
    [yours] You were making a line your own.
    [balance] You were at one more line, for balance.
    [outside] You were at life outside work.
    [ask_me] You were at the last sentence: “Ask me about …”.
    [first_line] You were choosing the first line.
    [draft] You were reading your draft.
    [headline] You were at the line under your name.
    [last_look] You were taking a last look.
    [take] You were taking your story with you.
    [hand] Your story is done; there was one question about doing a bit more.
    [highlight] Your story is done; there was one question about showing it.
    [other_language] You were deciding about an answer in the other language.
   *[other] You were in the middle of it.
}
home-current-since = { $status ->
    [paused] It has been resting since { $date }; everything is kept.
   *[open] Last touched on { $date }; everything is kept.
}
home-go-on = Go on
home-start-other = Start another

## Put aside

home-aside-title = Put aside
home-aside-since = { $language ->
    [ar] In Arabic · put aside on { $date }
    [en] In English · put aside on { $date }
   *[none] Put aside on { $date }
}
home-aside-empty = Nothing written yet
home-aside-go-on = Go on with this one

## Finished

home-finished-title = Finished
home-finished-facts = { $language ->
    [ar] In Arabic
   *[en] In English
} · finished on { $date } · { $n ->
    [one] one word
   *[other] { $n } words
}
home-read = Read
home-edit = Edit
home-versions = Earlier versions
home-second = { $to ->
    [ar] Write it in Arabic too
   *[en] Write it in English too
}
home-landed-said = { $landed ->
    [up] It's on your profile, you said.
    [not_yet] Not on your profile yet, you said. Any time is fine.
   *[changed_mind] You changed your mind about your profile. That's fine.
}
home-list = { $n ->
    [one] Your one story
   *[other] All { $n } of your stories
}

## What was agreed to

home-consents-title = What you agreed to
home-consents-about = Each of these is a separate question. A tap changes it, at once and without a reason, and nobody sees who said no.
consent-counting = May I count which lines you pick, without your name and only in groups of five or more?
consent-highlight = May we show your story to everyone some week? We ask first, and you see exactly what would be shown, and when.
consent-ask-post = May I ask you to share a post now and then?
consent-ask-event = May I ask you to take part in an event?
consent-ask-blog = May I ask you to write for the blog?
consent-ask-candidate = May I ask you to talk with a candidate?
consent-status = { $given ->
    [yes] *Yes*, since { $date }.
    [no] *No*, since { $date }.
   *[open] *Not answered*, which counts as no.
}
consent-status-counting = { $given ->
    [yes] *Yes*, since { $date }, for the lines you are shown from then on.
    [no] *No*, since { $date }. Nothing of yours is in the count any more.
   *[open] *Not answered*, which counts as no.
}
consent-give = Yes
consent-take-back = Take it back
consent-left = Taken back when the account was deactivated.

## Settings

home-settings-title = Between the two of us
home-segment = { $segment ->
    [tech] Nearer to your work: *building the product*. It decides which lines you see first and, if I may count them, which group your picks are counted in. Invitations don't depend on it.
    [gtm] Nearer to your work: *working with customers*. It decides which lines you see first and, if I may count them, which group your picks are counted in. Invitations don't depend on it.
   *[none] Nearer to your work: *neither, or rather not said*. It decides which lines you see first and, if I may count them, which group your picks are counted in. Invitations don't depend on it.
}
home-segment-own = Nearer to your work: *{ $name }*. It decides which lines you see first and, if I may count them, which group your picks are counted in. Invitations don't depend on it.
home-language = I speak *English* with you. A story has a language of its own.
home-first-may = I may write to you first: *yes*. Seldom, in your working hours, and every such message says how to end it.
home-first-stopped = I may write to you first: *no*, since { $date }. I answer when you write, and tell you what concerns your own data. That is all of it.
home-first-silent = I may write to you first: *no*. I answer when you write, and tell you what concerns your own data. That is all of it.
home-quiet-offer = Quiet for a while: *no*. Pick a day, and before it nothing comes from me unasked, except what concerns your own data.
home-quiet = *Quiet until { $date }*: before that day nothing comes from me unasked, except what concerns your own data. Writing to me doesn't end it.
home-first-allow = You may write to me first
home-first-stop = Please don't write first

## Everything held

home-held-title = Your words
home-held = Everything I hold about you is yours to see, to take with you, and to delete.
home-held-show = Everything held about me
home-held-take = Take it as a file
home-held-delete = Delete it all

## Reading

read-title = Your story
read-headline = The line under your name:
read-empty = There is no text in it yet.
read-share-title = How much of it is yours
versions-title = Earlier versions
versions-head = { $source ->
    [composed] Put together from your answers
    [edited] Edited by you
    [pasted] The text you brought
   *[message] Changed by editing a message
} · { $date } · { $n ->
    [one] one word
   *[other] { $n } words
}
versions-head-now = As it stands · { $source ->
    [composed] put together from your answers
    [edited] edited by you
    [pasted] the text you brought
   *[message] changed by editing a message
} · { $date } · { $n ->
    [one] one word
   *[other] { $n } words
}
versions-about = Every whole text this story has had, the newest first. They stay as long as the story.
versions-none = There is no whole text of this story yet.
list-title = Your stories
