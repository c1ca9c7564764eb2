"""The outside world: single sign-on, LTI, cmi5, SCORM, H5P export and notifications will live here."""
