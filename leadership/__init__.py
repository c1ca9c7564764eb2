"""Programmes for HR and team leads: weeks, work products as guided forms, what partners ask each other."""
