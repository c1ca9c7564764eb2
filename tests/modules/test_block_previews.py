"""Every block has an icon, a description and a preview one can believe."""

import pytest
from django.template.loader import render_to_string

from assessments.exercises import KINDS
from modules.blocks import StepsBlock

BLOCKS = StepsBlock().child_blocks


def test_all_kinds_of_steps_can_be_chosen():
    assert set(BLOCKS) == {"hook", "screen", "card", *KINDS}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_says_what_it_is_for(name):
    block = BLOCKS[name]
    assert block.label != name
    assert block.meta.icon not in ("", "placeholder")
    render_to_string(f"wagtailadmin/icons/{block.meta.icon}.svg")  # the icon exists
    assert block.get_description().endswith(".")
    assert block.meta.group in ("Lezen", "Doen")


def test_no_two_blocks_look_the_same_in_the_chooser():
    assert len({block.get_description() for block in BLOCKS.values()}) == len(BLOCKS)
    assert len({block.label for block in BLOCKS.values()}) == len(BLOCKS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_a_preview_renders_with_both_variants(name):
    block = BLOCKS[name]
    value = block.get_preview_value()
    assert value
    assert block.is_previewable
    html = block.render(value)
    assert "data-v=" in html or 'class="keep"' in html
    assert "Block" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_a_preview_opens_in_the_editor(admin_client, name):
    reply = admin_client.get("/admin/block-preview/", {"id": BLOCKS[name].definition_prefix})
    assert reply.status_code == 200
    assert "data-v=" in reply.content.decode() or 'class="keep"' in reply.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in BLOCKS if name != "sorteer"])
def test_what_a_preview_shows_could_be_published(name):
    """An example that the editor itself would refuse teaches the wrong thing."""
    BLOCKS[name].clean(BLOCKS[name].get_preview_value())
