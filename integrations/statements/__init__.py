"""Looking at the record store: reading, following and exporting statements, for administrators of the whole site.

It stands here because only a room above both knows the record store and the audit of people.
"""
