from wagtail import blocks

from assessments.blocks import ExerciseBlock
from assessments.exercises.dit_doe_ik.grading import key
from language.blocks import TwinLineBlock, TwinTextBlock


class DitDoeIkBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinTextBlock(label="Vraag")
    options = blocks.ListBlock(
        TwinLineBlock(label="Plan"),
        label="Plannen",
        min_num=1,
        max_num=2,
        help_text="Elk onder de 5 minuten. Makkelijk laat alleen het eerste zien.",
    )

    class Meta:
        template = "exercises/dit_doe_ik.html"
        heading = "Dit doe ik vandaag"
        icon = "pick"
        label = "Dit doe ik vandaag"
        description = "Eén ding om vandaag te doen. Zonder goed of fout, en alleen voor de leerling zelf."
        preview_value = {
            "question": {
                "standaard": "Kies één ding. Het duurt 5 minuten.",
                "makkelijk": "Kies 1 ding.\nHet duurt 5 minuten.",
            },
            "options": [
                {
                    "standaard": "Ik schrijf één opdracht zonder gegevens.",
                    "makkelijk": "Ik typ 1 vraag zonder naam.",
                }
            ],
        }
