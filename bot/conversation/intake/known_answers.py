"""Offers a known answer once, before a request goes on, if the policy enables it and the text matches one."""

from bot.conversation.buttons import HELPED, NOT_HELPED, button_options
from bot.conversation.intake.category_scope import category_of
from bot.conversation.intake.questions import DESCRIPTION
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.outgoing import Translatable
from bot.model.conversation import Detail, Stage
from bot.policy.sections import Article
from bot.text.choice_matching import Pick, find_mention

ARTICLE = "article"
"""What CONFIRMING asks: does the answer help?"""


def offer_known_answer(turn: Turn) -> Turn:
    """Show the answer and ask whether it helps; a reply other than yes or no is added to the story."""
    article = _find_article(turn)
    if article is None:
        return turn
    asked = (
        turn.evolve(is_answer_offered=True).wait(Stage.ASKING, DESCRIPTION).pause(Stage.CONFIRMING, ARTICLE)
    )
    lines = (
        Translatable(phrases_intake.KNOWN_ANSWER),
        article.label,
        article.text,
        Translatable(phrases_intake.KNOWN_ASK),
    )
    return asked.say(*lines, options=button_options((HELPED, NOT_HELPED)))


def _find_article(turn: Turn) -> Article | None:
    """The only article that the story mentions; None if the category isn't ordinary support."""
    conversation, policy = turn.conversation, turn.policy
    category = category_of(turn)
    is_other = category is not None and category.scope != "support"
    if (
        not policy.is_knowledge_first
        or is_other
        or conversation.is_answer_offered
        or conversation.is_changing
    ):
        return None
    if conversation.stage in (Stage.CONFIRMING, Stage.REVIEWING):
        return None
    story = conversation.answers.get(DESCRIPTION, Detail()).value
    key = find_mention(story, [Pick(article.key, article.words) for article in policy.articles])
    return next((article for article in policy.articles if article.key == key), None)
