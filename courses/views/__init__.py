"""The path builder: pages of a desk, under /docent/routes/."""
