"""Texts as sound: voices, the files and the times of their words. It takes texts with their language and knows no
lessons; who shows texts says which lines (`media.speech.sources`). Why so: docs/decisions/0025-speech-on-the-server.md.
"""
