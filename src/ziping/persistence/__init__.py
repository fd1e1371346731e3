"""Where reports, texts and their versions are kept: SQLAlchemy tables, unit of work, migrations.

Only this room knows SQL. It returns domain records and raises domain errors.
"""
