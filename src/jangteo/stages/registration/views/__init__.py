"""Pages: register an organisation, decide about it, its people and licences."""
