"""Programmes for HR and team leads, work products, AI register and dossier will live here."""
