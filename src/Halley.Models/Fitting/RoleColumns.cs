namespace Halley.Models;

/// <summary>Brings target, weight, offset and exposure into the kinds that their roles need, after a look at every value.</summary>
static class RoleColumns
{
    /// <summary>The table with a numeric target, weight and offset, and an exposure of its own kind.</summary>
    /// <param name="sourceRows">Row of the data that each row is, shape (n).</param>
    /// <param name="problems">Receives the values that do not fit their role.</param>
    /// <exception cref="HalleyException">HLY3404: a column's kind does not fit its role.</exception>
    public static Table Type(ModelSpec spec, Table table, IReadOnlyList<int> sourceRows, RowProblems problems)
    {
        var classes = ClassTargets.LearnerOf(spec)?.Classes;
        var target = classes is null
            ? Numbers(table[spec.Target], "target", sourceRows)
            : ClassTargets.CodesOf(table[spec.Target], classes);
        var weight = spec.Weight is null ? null : Numbers(table[spec.Weight], "weight", sourceRows);
        var offset = spec.Offset is null ? null : Numbers(table[spec.Offset], "offset", sourceRows);
        var years = spec.Exposure is null ? null : Years(table[spec.Exposure], sourceRows);
        CheckValues(spec, sourceRows, problems, target, weight, offset, years);

        table = table.With(new NumericColumn(spec.Target, target));
        if (weight is not null)
            table = table.With(new NumericColumn(spec.Weight!, weight));
        if (offset is not null)
            table = table.With(new NumericColumn(spec.Offset!, offset));
        return years is null ? table : table.With(new ExposureColumn(spec.Exposure!, years));
    }

    /// <summary>Years at risk of an exposure or numeric column, shape (n).</summary>
    /// <param name="sourceRows">Row of the data that each row is, for the message; null where rows are not to be named.</param>
    /// <exception cref="HalleyException">HLY3404: the column is of another kind.</exception>
    public static double[] Years(Column column, IReadOnlyList<int>? sourceRows = null)
    {
        if (column is not (ExposureColumn or NumericColumn))
            throw WrongKind(column, "exposure", "years at risk are numbers.", sourceRows);
        return Slots(column);
    }

    static void CheckValues(
        ModelSpec spec,
        IReadOnlyList<int> sourceRows,
        RowProblems problems,
        double[] target,
        double[]? weight,
        double[]? offset,
        double[]? years
    )
    {
        var asRate = years is not null && spec.ExposureUse == ExposureUse.Rate;
        double Modelled(int row, double y) => asRate && years![row] > 0 ? y / years[row] : y;

        var name = $"target '{spec.Target}'";
        var classes = ClassTargets.LearnerOf(spec)?.Classes;
        var missing = classes is null ? "missing" : $"missing, or none of {classes.Count} classes";
        problems.Note(name, missing, sourceRows, target, (_, y) => double.IsNaN(y));
        problems.Note(
            name,
            $"outside {spec.Family.Domain}",
            sourceRows,
            target,
            (row, y) => !double.IsNaN(y) && !spec.Family.InDomain(Modelled(row, y))
        );
        problems.Note(
            $"exposure '{spec.Exposure}'",
            "not a number of years above 0",
            sourceRows,
            years,
            (_, e) => !(e > 0) || !double.IsFinite(e)
        );
        problems.Note(
            $"weight '{spec.Weight}'",
            "not a number of at least 0",
            sourceRows,
            weight,
            (_, w) => !(w >= 0) || !double.IsFinite(w)
        );
        problems.Note($"offset '{spec.Offset}'", "not a finite number", sourceRows, offset, (_, o) => !double.IsFinite(o));
    }

    static double[] Numbers(Column column, string role, IReadOnlyList<int> sourceRows)
    {
        if (column is not (NumericColumn or BooleanColumn))
            throw WrongKind(
                column,
                role,
                role == "target"
                    ? $"a target is a number or true and false. Derive one, for example \"{column.Name} == 'yes'\"."
                    : $"{(role == "offset" ? "an offset" : "a weight")} is a number.",
                sourceRows
            );
        return Slots(column);
    }

    static double[] Slots(Column column)
    {
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        return values;
    }

    static HalleyException WrongKind(Column column, string role, string remedy, IReadOnlyList<int>? sourceRows) =>
        new(
            "HLY3404",
            $"{role} column '{column.Name}' is of kind {column.Kind.ToString().ToLowerInvariant()}; {remedy}"
                + (sourceRows is null ? "" : StrayText.Sentence(column, sourceRows))
        );
}
