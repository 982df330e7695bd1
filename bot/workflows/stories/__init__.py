"""Stories: starting, continuing, showing, editing and exporting them."""
