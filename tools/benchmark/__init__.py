"""Which figures of a published report the panel can show, by the tables of its pages."""
