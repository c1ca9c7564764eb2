from wagtail import blocks

from assessments.blocks import ExerciseBlock
from assessments.exercises.reflectie.grading import key
from language.blocks import TwinLineBlock, TwinTextBlock


class ReflectieBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinTextBlock(label="Vraag over het eigen werk")
    helps = blocks.ListBlock(
        TwinLineBlock(label="Denkhulp"), label="Denk aan …", min_num=2, max_num=4, help_text="Kort: 2 tot 5 woorden."
    )

    class Meta:
        template = "exercises/reflectie.html"
        heading = "Denk even na"
        icon = "edit"
        label = "Reflectie"
        description = "Een vraag over het eigen werk. Wat iemand typt, blijft op de telefoon; niemand leest het."
        preview_value = {
            "question": {
                "standaard": "Waar in jouw werk kan AI je helpen, en waar liever niet?",
                "makkelijk": "Waar helpt AI jou?\nEn waar niet?",
            },
            "helps": [
                {"standaard": "een taak die vaak terugkomt", "makkelijk": "werk dat vaak terugkomt"},
                {"standaard": "een gesprek met een mens", "makkelijk": "praten met een mens"},
            ],
        }
