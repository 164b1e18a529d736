"""What must hold of the labor tables: columns, laws within and between tables, and one shape a table."""
