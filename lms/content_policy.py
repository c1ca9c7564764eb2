"""What pages may load, and what they may ask of a device. For lms/settings.py."""

from csp.constants import NONE, SELF

# What no page of ours ever asks of a device.
DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), midi=()"

# Pages for people: no inline script, no nonce, no other host (design: a cached lesson stays valid).
PEOPLE = {
    "default-src": [SELF],
    "img-src": [SELF, "data:"],
    "media-src": [SELF, "blob:"],  # sound is fetched without cookies and played from memory
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}

# Wagtail's own pages write small scripts and styles into themselves.
ADMIN = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}
