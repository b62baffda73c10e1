"""The tables of a study file, once, for SQLite now and PostgreSQL later.

The edit log is the truth; ``events`` is what it adds up to, kept in the same transaction so that
R, SQL and an opening window need not replay it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

APPLICATION_ID = 0x494D_4831  #: "IMH1", in the header of every study file
STUDY_VERSION = 3  #: raised whenever these tables change

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

schemes = Table(
    "schemes",
    metadata,
    Column("hash", String, primary_key=True),
    Column("id", String, nullable=False),
    Column("version", String, nullable=False),
    Column("title", String, nullable=False),
    Column("document", Text, nullable=False),
)

dyads = Table(
    "dyads",
    metadata,
    Column("id", String, primary_key=True),
    Column("child_id", String, nullable=False, default=""),
    Column("site_id", String, nullable=False, default=""),
    Column("group", String, nullable=False, default=""),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("dyad_id", String, nullable=False, default=""),
    Column("visit", String, nullable=False, default=""),
    Column("date", String, nullable=False, default=""),
    Column("child_age_months", Float),
    Column("child_age_corrected_months", Float),
)

recordings = Table(
    "recordings",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False),
    Column("path", String, nullable=False),
    Column("offset_us", BigInteger, nullable=False, default=0),
    Column("frames", Integer, nullable=False, default=0),
    Column("end_us", BigInteger, nullable=False, default=0),
    Column("fps", String, nullable=False, default=""),
    Column("variable_frame_rate", Boolean, nullable=False, default=False),
    Column("sha256", String, nullable=False, default=""),
    Column("quick_hash", String, nullable=False, default=""),
    Column("interval_us", BigInteger, nullable=False, default=0),
    Column("deinterlaced", Boolean, nullable=False, default=True),
)

coders = Table(
    "coders",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, default=""),
    Column("role", String, nullable=False, default="coder"),
)

observations = Table(
    "observations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False),
    Column("coder_id", String, ForeignKey("coders.id"), nullable=False),
    Column("role", String, nullable=False),
    Column("status", String, nullable=False),
    Column("scheme_hash", String, ForeignKey("schemes.hash"), nullable=False),
    Column("coded_from_us", BigInteger),
    Column("coded_until_us", BigInteger),
    UniqueConstraint("session_id", "coder_id", "role", "scheme_hash"),
)

events = Table(
    "events",
    metadata,
    Column("observation", Integer, ForeignKey("observations.number"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("track", String, nullable=False),
    Column("code", String, nullable=False),
    Column("onset_us", BigInteger, nullable=False),
    Column("offset_us", BigInteger),
    Column("onset_frame", Integer),
    Column("offset_frame", Integer),
    Column("recording", String, nullable=False, default=""),
    Column("modifiers", Text, nullable=False, default=""),
    Column("links", Text, nullable=False, default=""),
    Column("pass_id", String, nullable=False, default=""),
    Column("comment", Text, nullable=False, default=""),
    Column("instance", String, nullable=False, default=""),
    Column("transcript", Text, nullable=False, default=""),
    Column("onset_reviewed", Boolean, nullable=False, default=False),
    Column("offset_reviewed", Boolean, nullable=False, default=False),
    Column("flagged", Boolean, nullable=False, default=False),
    sqlite_with_rowid=False,  # one observation's events lie together
)

ratings = Table(
    "ratings",
    metadata,
    Column("observation", Integer, ForeignKey("observations.number"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("scale", String, nullable=False),
    Column("episode", String, nullable=False, default=""),
    Column("value", Float),
    Column("na_reason", Text, nullable=False, default=""),
    Column("confidence", String, nullable=False, default=""),
    Column("evidence", Text, nullable=False, default=""),
    Column("comment", Text, nullable=False, default=""),
    sqlite_with_rowid=False,
)

episodes = Table(
    "episodes",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("label", String, nullable=False, default=""),
    Column("onset_us", BigInteger, nullable=False),
    Column("offset_us", BigInteger),
    Column("end_reason", String, nullable=False, default=""),
    Column("excluded", Boolean, nullable=False, default=False),
)

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("dyad_id", String, nullable=False),
    Column("label", String, nullable=False),
    Column("relation", String, nullable=False),
)

presences = Table(
    "presences",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False),
    Column("person_id", String, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", String, primary_key=True),
    Column("dyad_id", String, nullable=False),
    Column("person_id", String, nullable=False),
    Column("use", String, nullable=False),
    Column("answer", String, nullable=False),
    Column("on", String, nullable=False),
    Column("until", String, nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    Column("n", Integer, nullable=False, default=0),
)

retentions = Table(
    "retentions",
    metadata,
    Column("id", String, primary_key=True),
    Column("what", String, nullable=False),
    Column("entry_id", String, nullable=False),
    Column("keep_until", String, nullable=False),
    Column("note", Text, nullable=False, default=""),
)

goals = Table(
    "goals",
    metadata,
    Column("id", String, primary_key=True),
    Column("dyad_id", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("since", String, nullable=False, default=""),
)

strategies = Table(
    "strategies",
    metadata,
    Column("id", String, primary_key=True),
    Column("dyad_id", String, nullable=False),
    Column("goal_id", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("session_id", String, nullable=False, default=""),
    Column("on", String, nullable=False, default=""),
    Column("how_it_went", Text, nullable=False, default=""),
)

moment_cards = Table(
    "moment_cards",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("place", Integer),
)

private_notes = Table(  # apart from what a family may see, and in no export
    "private_notes",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False),
    Column("text", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("id", String, primary_key=True),
    Column("dyad_id", String, nullable=False),
    Column("label", String, nullable=False),
    Column("date", String, nullable=False, default=""),
    Column("began_utc", String, nullable=False, default=""),
    Column("coder_id", String, nullable=False, default=""),
)

visit_entries = Table(
    "visit_entries",
    metadata,
    Column("id", String, primary_key=True),
    Column("visit_id", String, nullable=False),
    Column("code", String, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("until_us", BigInteger),
    Column("session_id", String, nullable=False, default=""),
    Column("media_us", BigInteger),
    Column("recording_id", String, nullable=False, default=""),
    Column("frame", Integer),
    Column("moment_id", String, nullable=False, default=""),
    Column("words", Text, nullable=False, default=""),
    Column("stance", String, nullable=False, default=""),
)

clips = Table(
    "clips",
    metadata,
    Column("id", String, primary_key=True),
    Column("file_name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False),
    Column("dyad_id", String, nullable=False, default=""),
    Column("recording_ids", Text, nullable=False, default="[]"),
    Column("stretches_us", Text, nullable=False, default="[]"),
    Column("moment_ids", Text, nullable=False, default="[]"),
    Column("people", Text, nullable=False, default="[]"),
    Column("masked", Text, nullable=False, default="[]"),
    Column("muted", String, nullable=False, default="none"),
    Column("muted_us", Text, nullable=False, default="[]"),
    Column("use", String, nullable=False),
    Column("made_on", String, nullable=False, default=""),
    Column("made_by", String, nullable=False, default=""),
    Column("gone_on", String, nullable=False, default=""),
)

deletions = Table(
    "deletions",
    metadata,
    Column("id", String, primary_key=True),
    Column("recording_id", String, nullable=False),
    Column("session_id", String, nullable=False),
    Column("sha256", String, nullable=False, default=""),
    Column("at_utc", String, nullable=False),
    Column("by", String, nullable=False),
    Column("files", Text, nullable=False, default="[]"),
    Column("kept_coding", Boolean, nullable=False),
    Column("certificate", Text, nullable=False),
)

edits = Table(
    "edits",
    metadata,
    Column("observation", Integer, ForeignKey("observations.number"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("cause", String, nullable=False),
    Column("gesture", String, nullable=False),
    Column("steps", Text, nullable=False),
    Column("coder_id", String, nullable=False),
    Column("at_utc", String, nullable=False),
    Column("program", String, nullable=False),
    Column("chain", String, nullable=False),
    sqlite_with_rowid=False,
)

study_edits = Table(
    "study_edits",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("entry_id", String, nullable=False),
    Column("cause", String, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("coder_id", String, nullable=False),
    Column("at_utc", String, nullable=False),
    Column("program", String, nullable=False),
    Column("chain", String, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at_utc", String, nullable=False),
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("format", String, nullable=False),
    Column("coder_id", String, nullable=False, default=""),
    Column("program", String, nullable=False),
    Column("state", String, nullable=False),
    Column("report", Text, nullable=False),
)

#: An honest guard, not a lock: the logs of a study are only ever added to.
GUARDS = tuple(
    f"CREATE TRIGGER {log}_are_never_{what} BEFORE {event} ON {log} "
    "BEGIN SELECT RAISE(ABORT, 'the edit log is append-only'); END"
    for log in ("edits", "study_edits")
    for what, event in (("changed", "UPDATE"), ("deleted", "DELETE"))
)
