"""The desk's figures in Prometheus's shape."""

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from webhooks.protocols import MetricSample


class MetricsCollector(Collector):
    """Figures that were read once, grouped by name."""

    def __init__(self, figures: Iterable[MetricSample]) -> None:
        self._by_name: dict[str, list[MetricSample]] = {}
        for figure in figures:
            self._by_name.setdefault(figure[0], []).append(figure)

    def collect(self) -> Iterator[Metric]:
        """One family for each name; its samples must all have the same labels."""
        for name, figures in self._by_name.items():
            yield _family(name, figures)


def _family(name: str, figures: Sequence[MetricSample]) -> Metric:
    _, help_text, labels, _ = figures[0]
    kind = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
    family = kind(name, help_text, labels=tuple(labels))
    for _, _, values, value in figures:
        family.add_metric([values[label] for label in labels], value)
    return family
