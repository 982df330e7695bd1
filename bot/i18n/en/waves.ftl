### Inviting people: the waves on the Home tab, the form, the dry run, and the invitation itself.

## On the Home tab

desk-waves-title = Invitations
desk-waves = Nothing is sent before you have seen who would get what, and started it.
desk-waves-none = Nobody has been invited yet. You see who would get what, and when, before anything is sent.
desk-invite = Invite people
desk-wave = { $state ->
    [started] Started: “{ $name }”, { $opens } to { $closes }. Everything goes out by itself.
    [halted] Started: “{ $name }”, { $opens } to { $closes }. Halted for now; see below.
   *[kept] Not started: “{ $name }”, { $opens } to { $closes }.
}
desk-wave-dry = Dry run
log-wave-kept = set down whom to invite: “{ $name }”
log-wave-dropped = threw away the invitation “{ $name }”
problem-no-wave = That invitation has been changed, started or thrown away since. Your Home tab shows how it is now.

## The form

wave-title = Invite people
wave-about = Nobody is written to by sending this. What you get is the dry run, in our direct messages.
wave-submit = Show the dry run
wave-name = A name for it
wave-name-hint = Only you and the others who run the programme see it.
wave-name-empty = It needs a name, so that you can tell it from the next one.
wave-whom = Whom
wave-executives = The executives
wave-teams = Teams from the people list
wave-teams-choose = Choose teams
wave-chosen = Single people
wave-left-out = Whom to leave out
wave-whom-empty = Choose a segment, a team, the executives, or somebody here.
wave-opens = Opens on
wave-opens-hint = Messages come from that day on, in the middle of each person's working week. It closes after 30 working days. Whoever joined lately is invited on their tenth working day.
wave-opens-wrong = From tomorrow to a year from now.
wave-greeting = Your own words to them
wave-greeting-hint = Two lines at most. They are shown word for word, to everybody alike, in whatever language you write.
wave-greeting-long = Two lines at most.
wave-dropped = Thrown away. Nobody was written to.

## The dry run

dry-title = Dry run: { $name }
dry-intro = { $n ->
    [0] Nobody would be invited. Nothing has been sent.
    [one] One person stands on the list, open from { $opens } to { $closes }. Nothing has been sent.
   *[other] { $n } people stand on the list, open from { $opens } to { $closes }. Nothing has been sent.
}
dry-times = When, by each person's own clock, and in which language, as in their Slack
dry-time = { $n ->
    [one] { $at } · { $language } · one person
   *[other] { $at } · { $language } · { $n } people
}
dry-times-more = { $n ->
    [one] and one more time, in the file
   *[other] and { $n } more times, in the file
}
dry-late = { $n ->
    [one] never: one person, for it closes before their tenth working day
   *[other] never: { $n } people, for it closes before their tenth working day
}
date-weekday = { $weekday }, { $date }
dry-text = How it begins
dry-out = Left out
dry-out-nobody = Nobody, for any reason that Slack or you know.
dry-reason = { $reason ->
    [bot] Bots
    [stranger] Of another company
    [deactivated] No longer here
    [guest] Guests
    [chosen_out] Left out by you
   *[no_segment] Without a segment
}
dry-segments = I know who belongs to which segment from a people list: a CSV file that you put in here, its first line “email,segment”.
dry-silent = People who opted out or have already started a story stay on the list like everybody else, so that nobody can tell who they are. They won't get a message.
dry-file = The file below has everybody by name. A person may hear a little later, when it is a holiday, do not disturb is on, or something else has just come to them. People who chose another language with me get theirs. I delete this file after 30 days.
dry-file-name = dry-run.csv
dry-file-failed = Slack did not take the file. Press [Dry run] on your Home tab to have it once more.
dry-column-name = Name
dry-column-id = Slack ID
dry-column-segment = Segment
dry-column-team = Team
dry-column-language = Language
dry-column-date = Date
dry-column-time = Time
dry-column-zone = Time zone
dry-column-text = How it begins
dry-none = Nothing: it closes before their tenth working day
dry-sample = Send it to me
dry-change = Change
dry-drop = Throw it away
sample-heading = A sample: this is what people see whose language is { $language }.
sample-pressed = That was a sample; nothing happens. On the real one each of these buttons does what it says.

## The invitation

invitation-from = { $known ->
    [team] { $meant ->
        [segment] { $owner } from { $team } asked me to write to everyone in “{ $group }”.
        [team] { $owner } from { $team } asked me to write to everyone in “{ $group }”.
        [executives] { $owner } from { $team } asked me to write to the executives.
       *[chosen] { $owner } from { $team } asked me to write to you and some others.
    }
   *[alone] { $meant ->
        [segment] { $owner } asked me to write to everyone in “{ $group }”.
        [team] { $owner } asked me to write to everyone in “{ $group }”.
        [executives] { $owner } asked me to write to the executives.
       *[chosen] { $owner } asked me to write to you and some others.
    }
}
invitation-owners = Those who run the programme here
invitation-what = It is about a short career story of yours, in your own words. I ask small questions, one at a time; it takes about fifteen minutes, and you can stop and come back. The story is yours: nothing is published for you.
invitation-why = It came because you are on the people list of { $company }. It is up to you: nobody is told who said no or did not answer.
invitation-begin = Let's start
invitation-no = Not for me
invitation-later = Later
invitation-fewer = Fewer
invitation-stop = Stop
invitation-later_today = Later today
invitation-tomorrow = Tomorrow
invitation-next_week = Next week
invitation-begun = Good. It goes on below.
invitation-declined = All right, I won't ask again about this. If you change your mind, write to me.
invitation-later-ask = When shall I ask again?
invitation-later-said = I'll come back to it on { $at }, or the first decent hour after that.
invitation-later-closed = By then it is closed. Write to me whenever you like; your story needs no invitation.
invitation-fewer-said = Noted: what those who run the programme want of you comes once a week at most from now on, with one reminder where there would be two. What follows from your own story, and what you put off, comes as usual. On the Home tab you can take that back.
invitation-reminder = { $n ->
    [first] { $owner } asked a few days ago whether you would write a short career story. A quarter of an hour, whenever it suits you.
    [again] Here I am again, as you asked. Shall we write your story?
   *[second] Your story would still be welcome. This is the last time I ask.
}
invitation-reminder-why = { $n ->
    [first] It came because there has been no answer yet. None is needed; there is at most one more reminder.
    [again] It came because you put it off until now.
   *[second] It came because there has been no answer yet. None is needed.
}
home-fewer = You asked for *fewer* messages: what those who run the programme want of you comes once a week at most, and an invitation is followed by one reminder. What follows from your own story, and what you put off, comes as usual.
home-as-usual = How much I send: *as usual*. What those who run the programme want of you comes twice a week at most, and an invitation is followed by two reminders at most.
home-fewer-usual = As usual again
dry-start = Start
wave-started = Started: “{ $name }”. The first messages go out on { $opens }, each at its hour. There is nothing left for you to do.
log-wave-started = started the invitation “{ $name }”
problem-wave-late = The day on which it was to open has come. Choose a later one under [Change].

## The stop switch

desk-halt = Halt everything
desk-halt-about = Everything goes out as planned. Halting takes effect at once, for all that I say unasked except what concerns people's own data.
desk-go-on = Go on
desk-halted = { $why ->
    [opt_outs] *Halted by itself* on { $at }, because many people asked me to stop: five or more, and over five for every hundred messages, in the seven days before. Who it was I tell nobody. Please read your words to them again before you go on.
   *[owner] *Halted* since { $at }. Nothing goes out that I say unasked, except what concerns people's own data. When you go on, what is still in time goes out, and nothing twice.
}
log-halted = halted everything
log-resumed = went on

## Who took part

desk-part = Who took part
part-title = Who took part
part-intro = Figures for “{ $name }”, open from { $opens } to { $closes }. Nobody is named.
part-all = Everybody
part-invited = { $n ->
    [one] one person counted here
   *[other] { $n } people counted here
}
part-elsewhere = { $n ->
    [one] One more person is counted in “{ $name }”, which listed them first.
   *[other] { $n } more people are counted in “{ $name }”, which listed them first.
}
part-ahead = The figures begin on { $opens }, when it opens.
part-too-few = Fewer than ten people are counted here. Any figure could point to individual people, so there are none.
part-started = { $n ->
    [one] one started ({ $percent }%)
   *[other] { $n } started ({ $percent }%)
}
part-finished = { $n ->
    [one] one finished ({ $percent }%)
   *[other] { $n } finished ({ $percent }%)
}
part-started-hidden = { $why ->
    [small] Started: too few people for a figure
    [beside] Started: hidden, because another segment has too few people for a figure
    [few] Started: hidden until five people have started
    [more] Started: hidden until five more people have started
    [all] Started: everyone or nearly everyone
    [segments] Started: hidden until it can be shown for every segment
   *[sum] Started: hidden, because it would give away the figure of a segment
}
part-finished-hidden = { $why ->
    [small] Finished: too few people for a figure
    [beside] Finished: hidden, because another segment has too few people for a figure
    [few] Finished: hidden until five people have finished
    [started] Finished: hidden until ten people have started
    [more] Finished: hidden until five more people have finished
    [all] Finished: everyone or nearly everyone
    [starters] Finished: everyone or nearly everyone who started
    [segments] Finished: hidden until it can be shown for every segment
   *[sum] Finished: hidden, because it would give away the figure of a segment
}
part-about = Updated once a day. A figure appears from five people on, in groups of ten or more, and changes when five more are added. It's hidden where it or the rest would be fewer than five people. People are counted in the segment that the people list had for them when they were invited, and only in the first invitation that listed them. Anyone who opted out, declined, was removed or deleted their data still counts as invited.

## A word in a channel, the day before

wave-channel = A word in a channel, the day before
wave-channel-hint = On the working day before it opens, when messages may begin to come. Left out when that moment has gone by.
dry-channel = *The day before:* in { $channel }, on { $date }, as below. { $state ->
    [well] I can post there.
    [shared] I can post there, and people of another company read it too.
    [absent] I am not in it: invite me there first, or choose another.
    [unseen] I cannot see that channel: invite me there first, or choose another.
    [archived] It is archived: choose another.
    [read_only] I may not post there: choose another, or have an admin allow it.
   *[unknown] Slack did not tell me just now whether I can post there.
}
dry-channel-late = *The day before:* nothing, because the hour for it has gone by. If you want a word in { $channel }, let the invitation open later.
announcement = { $owner } asked me to write to some of you from { $date } on, about a short career story in your own words.
announcement-why = It is up to each of you, and nobody is told who took part. Whoever does not want to hear from me writes me “stop”.

## Taking somebody off

desk-wave-off = Take somebody off
wave-off-title = Take somebody off
wave-off-about = From this moment nothing more of “{ $name }” goes to the people you name here, whatever they have done with it. Whoever of them stands on its list hears from me that you took them off. How many were invited stays as it was.
wave-off-whom = Whom
wave-off-submit = Take off
wave-off-done = { $n ->
    [one] Nothing more of “{ $name }” goes to the one person you named. If they stood on its list, I tell them that you took them off.
   *[other] Nothing more of “{ $name }” goes to the { $n } people you named. Whoever of them stood on its list hears from me that you took them off.
}
log-wave-off = took people off the invitation “{ $name }”
