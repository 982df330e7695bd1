"""The jobs: work that becomes due with time, listed in the timetable and run by the ticker."""
