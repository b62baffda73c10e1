"""Where a state ends that still runs, for programs that know no running states."""

from imhcode.domain.timecode import US_PER_S
from imhcode.formats.record import Record


def end_of_record_us(record: Record) -> int:
    """The end of what was coded: the coded range, else the recordings, or the last event if later.

    A state that begins last of all gets a second.
    """
    observation = record.observation
    ends = [one.end_us + one.offset_us for one in record.recordings]
    if observation.coded_until_us is not None:
        ends = [observation.coded_until_us]
    last_us = observation.timeline.last_us()
    latest_us = max([*ends, last_us or 0])
    running = [event.onset_us for event in observation.timeline.running()]
    return latest_us if max(running, default=latest_us - 1) < latest_us else latest_us + US_PER_S
