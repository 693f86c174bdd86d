namespace Halley.Data;

/// <summary>A table with what every check needs of it: roles, exposure and target as plain vectors.</summary>
sealed class ProfiledTable
{
    readonly ProfileOptions options;

    public ProfiledTable(Table table, ProfileOptions options)
    {
        (Table, this.options) = (table, options);
        Exposure = table.Columns.OfType<ExposureColumn>().FirstOrDefault(column => RoleOf(column) != Role.Ignore);
        TargetColumn = options.Target is null ? null : table.Numeric(options.Target);
        Years = Exposure is null ? Filled(table.RowCount, 1) : Exposure.Years.ToArray();
        // Rows without a target say nothing: no years, no target.
        Target = TargetColumn is null ? null : TargetColumn.Values.ToArray();
        for (var row = 0; row < Target?.Length; row++)
        {
            if (double.IsNaN(Target[row]))
                (Target[row], TargetYears[row]) = (0, 0);
        }
    }

    public Table Table { get; }

    public int RowCount => Table.RowCount;

    public ExposureColumn? Exposure { get; }

    public NumericColumn? TargetColumn { get; }

    /// <summary>Years at risk, or 1 a row; shape (n).</summary>
    public double[] Years { get; }

    /// <summary>The target, 0 where missing; shape (n).</summary>
    public double[]? Target { get; }

    /// <summary>Years of the rows that have a target; shape (n).</summary>
    public double[] TargetYears => targetYears ??= [.. Years];

    double[]? targetYears;

    public int LevelsShown => options.LevelsShown;

    public Role RoleOf(Column column) =>
        column.Name == options.Target ? Role.Target
        : options.Roles.TryGetValue(column.Name, out var role) ? role
        : column.Kind == FieldKind.Exposure ? Role.Exposure
        : Role.Feature;

    public IEnumerable<Column> Features => Table.Columns.Where(column => RoleOf(column) == Role.Feature);

    static double[] Filled(int count, double value)
    {
        var filled = new double[count];
        Array.Fill(filled, value);
        return filled;
    }
}
