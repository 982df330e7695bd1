# What is said unasked: what it asks, and in small why it came.

notice-landed-why = I ask once, because you finished that story on { $date }.
notice-paused-ask = Your story is resting where you left it, with every word kept. Shall we go on?
notice-paused-why = I remind you once, because you paused it on { $date }.
not-now-said = All right. Everything stays where it is; write to me whenever you like.

notice-again-why = It came because you put it off until now.

later-date = On a date
later-nothing = Nothing of mine waits for an answer just now, so there is nothing to put off. If you meant your story: write *pause*, and everything is kept.
problem-date = That day can't be chosen. Any day from tomorrow to a year ahead can; nothing has changed so far.

quiet-until = Quiet until
quiet-offer = Or would you rather hear nothing from me for a while, whatever it is about?
quiet-said = Quiet until { $date }. Before that day nothing comes from me unasked, except what concerns your own data. When you write, I answer as always; that doesn't end the quiet. Typing *as usual* does, and so does a button on my Home tab.
quiet-end = End it now
quiet-ended = The quiet is over. What is still in time comes at its hour, and nothing twice.
quiet-unread = I couldn't tell which day you mean. Write it like this, for example: “quiet until { $example }”. Or pick it here:
usual-said = As usual again: neither quiet nor fewer. What is still in time comes at its hour, and nothing twice.
wish-offer = I took that for your story. If it was about my messages, press here, and it comes out again:
wish-stopped = You asked me to stop, and that holds: I write nothing unasked, except what concerns your own data. “{ home-first-allow }” on my Home tab takes it back.

paused-reminded = Saved. I'll remind you once, three working days from now.
choice-no-reminder = No reminder
no-reminder-said = All right, no reminder. Everything is kept; write to me whenever you like.

stopping = Stopping. One message may be on its way to you already; I'll tell you when nothing can come any more.
stopped-after = Done. I won't write unless you write to me. What came in between had been on its way already. The only exception from now on is what concerns your own data.

## What somebody else changed about the reader

change-intro = { $n ->
    [one] I help people at { $company } to write short career stories. Something that concerns you has been changed there by somebody else:
   *[other] I help people at { $company } to write short career stories. { $n } things that concern you have been changed there by somebody else:
}
change-role-given = { $role ->
    [owner] You are an owner of the programme now; all of it stands on my Home tab.
    [sponsor] You are the sponsor of the programme now; all of it stands on my Home tab.
    [people_partner] You are a people partner of the programme now.
    [recruiter] You are a recruiter in the programme now.
   *[executive] You are noted as an executive now.
}
change-role-taken = { $role ->
    [owner] You are an owner of the programme no longer.
    [sponsor] You are the sponsor of the programme no longer.
    [people_partner] You are a people partner of the programme no longer.
    [recruiter] You are a recruiter in the programme no longer.
   *[executive] You are noted as an executive no longer.
}
change-segment = { $to ->
    [none] By the people list you are in none of the segments any more.
   *[some] By the people list you are in the segment “{ $name }” now.
}
change-team = By the people list you are in the team “{ $name }” now.
change-wave = You are no longer on the list of an invitation to write a story, and nothing more of it comes to you.
change-by = { $known ->
    [yes] That was { $who }.
   *[no] That came from the command line, or from somebody who is no longer known.
}
change-right = If that is not right, write to { $whom }.
change-runners = those who run the programme here
change-why = I tell you because it concerns you, and you did not do it yourself. Such news comes after “stop” too, once a day at most, and asks nothing of you.
