"""Converts the desk's metrics for Prometheus."""

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from jobs.delivery.delivery_metrics import MetricSample


class MetricsCollector(Collector):
    """One reading of all metrics, grouped by name; names that end in `_total` are counters."""

    def __init__(self, samples: Iterable[MetricSample]) -> None:
        self._by_name: dict[str, list[MetricSample]] = {}
        for sample in samples:
            self._by_name.setdefault(sample[0], []).append(sample)

    def collect(self) -> Iterator[Metric]:
        """Yield one family per name; all samples of a name must have the same labels."""
        for name, samples in self._by_name.items():
            yield _family(name, samples)


def _family(name: str, samples: Sequence[MetricSample]) -> Metric:
    _, help_text, labels, _ = samples[0]
    if "le" in labels:
        return _histogram(name, samples)
    kind = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
    family = kind(name, help_text, labels=tuple(labels))
    for _, _, values, value in samples:
        family.add_metric([values[label] for label in labels], value)
    return family


def _histogram(name: str, samples: Sequence[MetricSample]) -> Metric:
    """Samples with the same labels but `le` are one histogram; that with `le` = `sum` is its sum."""
    _, help_text, labels, _ = samples[0]
    others = [label for label in labels if label != "le"]
    family = HistogramMetricFamily(name, help_text, labels=others)
    by_labels: dict[tuple[str, ...], dict[str, float]] = {}
    for _, _, values, value in samples:
        by_labels.setdefault(tuple(values[label] for label in others), {})[values["le"]] = value
    for label_values, buckets in by_labels.items():
        total = buckets.pop("sum")
        family.add_metric(label_values, list(buckets.items()), total)
    return family
