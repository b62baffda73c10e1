"""The columns of ``events.csv``, in order; what is not known yet stays empty."""

BEFORE_MODIFIERS = (
    *("study_id", "site_id", "dyad_id", "child_id", "session_id", "visit"),
    *("session_date_shifted", "child_age_mo", "child_age_corr_mo", "group_blind"),
    *("episode_id", "episode_n", "scheme_id", "scheme_version", "scheme_hash"),
    *("track_id", "subject", "subject_instance", "event_id", "kind", "code", "code_label"),
    *("classes", "ordinal", "onset_ms", "offset_ms", "duration_ms"),
    *("onset_s", "offset_s", "duration_s", "onset_frame", "offset_frame", "fps_nominal"),
    *("media_id", "time_in_episode_s", "censored_left", "censored_right", "confidence"),
    *("coder_id", "coding_role", "pass_id", "record_id", "status"),
    *("linked_event_id", "link_id", "link_latency_ms"),
    *("transcript", "flagged", "onset_reviewed", "offset_reviewed"),
)
NOTE = "note"  #: the last column; those of modifiers stand before it
MODIFIER = "mod_"  #: begins the name of a modifier's column

KNOWN = frozenset((*BEFORE_MODIFIERS, NOTE))

LINKS = (
    *("study_id", "session_id", "coder_id", "coding_role", "scheme_id", "scheme_version"),
    *("record_id", "link_id", "from_event_id", "from_track_id", "from_code", "from_onset_ms"),
    *("to_event_id", "to_track_id", "to_code", "to_onset_ms", "link_latency_ms", "counts"),
)  #: of ``links.csv``

RATINGS = (
    *("study_id", "dyad_id", "session_id", "coder_id", "coding_role", "scheme_id"),
    *("scheme_version", "record_id", "status", "episode_id", "episode_n", "rating_id", "scale_id"),
    *("scale_label", "alternate_of", "value", "na_reason", "confidence"),
    *("evidence_event_ids", "note"),
)  #: of ``ratings.csv``
