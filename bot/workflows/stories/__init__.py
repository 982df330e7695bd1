"""Stories: begun, continued, shown, edited and taken along."""
