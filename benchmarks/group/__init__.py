"""A hundred customers within a second who want a person, against the twenty calls a minute that a group takes."""
