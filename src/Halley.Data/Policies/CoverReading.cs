namespace Halley.Data;

/// <summary>A table of covers, checked: half-open runs of days [Start, End) by policy.</summary>
sealed class CoverReading
{
    const int ProblemsShown = 20;
    const string MadeExposure = "Exposure";

    readonly CoverColumns columns;

    /// <exception cref="HalleyException">HLY1310 a date is missing, HLY1311 a cover ends before it starts, all at once; HLY1313 no exposure named.</exception>
    public CoverReading(Table table, CoverColumns columns)
    {
        (Table, this.columns) = (table, columns);
        if (columns.Exposure is null && table.Has(MadeExposure))
            throw new HalleyException(
                "HLY1313",
                $"the covers have a column '{MadeExposure}', and none is named as exposure. Name it, or take it out to have it made from the days."
            );
        Start = table.Date(columns.Start).DayNumbers.ToArray();
        End = table.Date(columns.End).DayNumbers.ToArray();
        var problems = new ProblemList("the table of covers", ProblemsShown);
        for (var row = 0; row < Start.Length; row++)
            Check(row, problems);
        problems.ThrowIfAny();
        ExposureName = columns.Exposure ?? MadeExposure;
        Years = columns.Exposure is null ? YearsOfDays() : table.Exposure(columns.Exposure).Years.ToArray();
        Earned = [.. columns.Earned.Select(name => table.Numeric(name).Values.ToArray())];
        Keys = RowKeys.Of(table, columns.Policy);
    }

    public Table Table { get; }

    /// <summary>First day, shape (n).</summary>
    public int[] Start { get; }

    /// <summary>Day after the last, shape (n).</summary>
    public int[] End { get; }

    /// <summary>Years at risk, shape (n).</summary>
    public double[] Years { get; }

    /// <summary>Earned amounts, by column, then by row.</summary>
    public double[][] Earned { get; }

    /// <summary>Number of the policy, shape (n).</summary>
    public int[] Keys { get; }

    public string ExposureName { get; }

    /// <summary>The table of given source rows with their own dates, exposure and earned amounts.</summary>
    public CoverParts Build(List<CoverPart> parts)
    {
        int[] source = [.. parts.Select(part => part.Source)];
        var lastDay = columns.EndIncluded ? 1 : 0;
        var table = Table
            .Take(source)
            .With(new DateColumn(columns.Start, [.. parts.Select(part => part.Start)]))
            .With(new DateColumn(columns.End, [.. parts.Select(part => part.End - lastDay)]))
            .With(new ExposureColumn(ExposureName, [.. parts.Select(part => part.Years)]));
        for (var i = 0; i < Earned.Length; i++)
            table = table.With(new NumericColumn(columns.Earned[i], [.. parts.Select(part => part.Earned[i])]));
        return new(table, source);
    }

    void Check(int row, ProblemList problems)
    {
        if (Start[row] < 0 || End[row] < 0)
        {
            var name = Start[row] < 0 ? columns.Start : columns.End;
            problems.Add(
                "HLY1310",
                name,
                row,
                () => $"row {row + 1}, column '{name}': the date is missing. Fill it in, or leave the row out."
            );
            return;
        }
        End[row] += columns.EndIncluded ? 1 : 0;
        if (End[row] >= Start[row])
            return;
        problems.Add(
            "HLY1311",
            "",
            row,
            () =>
                $"row {row + 1}: the cover ends on {Table[columns.End].TextAt(row)}, before it starts on "
                + $"{Table[columns.Start].TextAt(row)}. Correct the dates, or leave the row out."
        );
    }

    double[] YearsOfDays()
    {
        var years = new double[Start.Length];
        for (var row = 0; row < years.Length; row++)
            years[row] = (End[row] - Start[row]) / columns.DaysPerYear;
        return years;
    }
}
