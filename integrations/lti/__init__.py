"""Kortwijs as a tool in a school's own learning system (LTI 1.3); why so: docs/decisions/0042-lti.md."""
