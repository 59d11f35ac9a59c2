"""The models of this process: those of the settings, and those that the owner added."""
