"""A lesson in a school's own learning system, in a real browser: a frame, a tab, and cookies that stay Lax."""

from playwright.sync_api import Browser, expect

from tests.e2e.serving import PHONE, Server
from tests.integrations.lti_platform import school_runs

CONNECT = """
from people.models import Organisation
from integrations.lti.services import invite_platform, register_platform
school = Organisation.objects.filter(kind="school").first()
platform = invite_platform(organisation=school, name="Moodle", address="{address}", actor=None)
register_platform(platform=platform, values={values!r}, actor=None)
"""


def test_a_link_in_a_course_opens_the_lesson_in_a_tab(browser: Browser, own_server: Server):
    with school_runs() as moodle, school_runs() as stranger:
        for school in (moodle, stranger):
            school.tool, school.target = own_server.url, f"{own_server.url}/lti/les/A1/"
        own_server.manage("shell", "-v0", "-c", CONNECT.format(address=moodle.address, values=moodle.values()))
        context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
        course = context.new_page()
        course.goto(f"{moodle.address}/course")
        with context.expect_page() as opened:
            course.frame_locator("iframe").get_by_role("button", name="Open de les").click()
        lesson = opened.value
        expect(lesson.locator("h1, h2").first).to_be_visible()
        lesson.wait_for_url("**/les/**")
        assert {cookie["sameSite"] for cookie in context.cookies(own_server.url)} == {"Lax"}

        stranger.address, own = moodle.address, stranger.address  # it speaks as the school, from a place of its own
        course.goto(f"{own}/course")
        expect(course.frame_locator("iframe").get_by_role("button", name="Open de les")).to_have_count(0)
        assert all(not frame.url.startswith(own_server.url) for frame in course.frames)
        context.close()
