# What is said unasked: what it asks, and in small why it came.

notice-landed-why = I ask once, because you finished that story on { $date }.
notice-paused-ask = Your story is resting where you left it, with every word kept. Shall we go on?
notice-paused-why = I remind you once, because you paused it on { $date }.
not-now-said = All right. Everything stays where it is; write to me whenever you like.

paused-reminded = Saved. I'll remind you once, three working days from now.
choice-no-reminder = No reminder
no-reminder-said = All right, no reminder. Everything is kept; write to me whenever you like.

stopping = Stopping. One message may be on its way to you already; I'll tell you when nothing can come any more.
stopped-after = Done. I won't write unless you write to me. What came in between had been on its way already.
