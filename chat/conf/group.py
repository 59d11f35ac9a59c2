"""The groups that settings are listed in."""

from __future__ import annotations

from enum import Enum


class Group(Enum):
    """The titles of a group, in Chinese and English, in the order of the reference page."""

    ACCESS = ("谁能用，网络", "Who may come in, and the network")
    MODELS = ("模型", "Models")
    ANSWERS = ("回答", "Answers")
    MEMBERS = ("成员和访客", "Members and guests")
    DATA = ("数据、日志、进程", "Data, log and process")
    DOWNLOADS = ("软件包和下载", "Packages and downloads")
    LIMITS = ("限制", "Limits")
    """What hardly anybody changes; our own project reads all of them from one variable."""

    @property
    def chinese(self) -> str:
        return self.value[0]

    @property
    def english(self) -> str:
        return self.value[1]
