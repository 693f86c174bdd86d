using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Equal rows summed to cells: batch after batch, so that a book larger than memory fits as its rating grid.</summary>
/// <remarks>
/// Rows with the same values of everything that the terms read form a cell. The score equations see only a cell's sums, so the
/// coefficients are those of the rows; for families whose dispersion is 1, so are their standard errors. What measures single rows, the
/// deviance, an estimated dispersion, AIC, is of the cells. With log exposure as offset and a Poisson target, claims and years
/// are summed; otherwise the target becomes its weighted mean, and an exposure in the offset is one of the values that must be equal.
/// Memory grows with the cells, not with the rows.
/// </remarks>
public sealed class RatingGrid
{
    /// <summary>Weight column of a grid whose rows had none.</summary>
    public const string WeightColumn = "(weight)";

    readonly TrainingSet roles;
    readonly Family family;
    readonly bool sumsYears;
    readonly string[] names;
    readonly GridKeys keys;
    readonly GridColumn?[] columns;
    readonly List<double> weights = [];
    readonly List<double> targets = [];
    long rowCount;

    /// <param name="roles">Names of target, exposure, weight and offset; its learn table is not read.</param>
    /// <param name="options">Terms, family and link that the grid is for.</param>
    /// <exception cref="HalleyException">HLY2101: the options can't be used.</exception>
    public RatingGrid(TrainingSet roles, GlmOptions options)
    {
        options.Validate();
        (this.roles, family) = (roles, options.Family);
        var isCount = family == Family.Poisson || family == Family.QuasiPoisson;
        var isOffset = roles.Exposure is not null && roles.ExposureUse == ExposureUse.Offset;
        sumsYears = isOffset && isCount && options.EffectiveLink.Function == LinkFunction.Log;
        var read = options.Terms.Count > 0 ? options.Terms.SelectMany(term => term.Parts).Select(ColumnOf) : roles.Features;
        names =
        [
            .. read.Concat(new[] { roles.Offset, isOffset && !sumsYears ? roles.Exposure : null }.OfType<string>())
                .Distinct(StringComparer.Ordinal),
        ];
        keys = new(names.Length);
        columns = new GridColumn?[names.Length];
    }

    /// <summary>Distinct rows so far.</summary>
    public int CellCount => keys.Count;

    /// <summary>Rows added so far.</summary>
    public long RowCount => rowCount;

    /// <summary>Adds a batch of rows.</summary>
    /// <exception cref="HalleyException">HLY2001, HLY2002, HLY2102: a bad value, its row counted from the first batch on; HLY2106: a column that no cell can be made of.</exception>
    public void Add(Table rows)
    {
        var vectors = TrainingVectors.Of(roles, rows, rowCount);
        var outside = family.IndexOutsideDomain(vectors.Target);
        if (outside >= 0)
            GlmErrors.ThrowTarget(
                roles.Target,
                (int)Math.Min(rowCount + outside, int.MaxValue - 1),
                vectors.Target[outside],
                family
            );
        var slots = new double[names.Length][];
        for (var k = 0; k < names.Length; k++)
            slots[k] = (columns[k] ??= GridColumn.Of(rows[names[k]])).Slots(rows[names[k]]);
        var years = sumsYears ? rows.Exposure(roles.Exposure!).Years : default;
        var key = new double[names.Length];
        for (var row = 0; row < rows.RowCount; row++)
        {
            for (var k = 0; k < key.Length; k++)
                key[k] = slots[k][row];
            var cell = keys.IndexOf(key);
            if (cell == weights.Count)
            {
                weights.Add(0);
                targets.Add(0);
            }
            weights[cell] += vectors.Weight[row] * (sumsYears ? years[row] : 1);
            targets[cell] += vectors.Weight[row] * vectors.Target[row];
        }
        rowCount += rows.RowCount;
    }

    /// <summary>The cells as rows to fit on, in the order in which they were first met.</summary>
    /// <exception cref="HalleyException">HLY2103: there are no rows.</exception>
    public TrainingSet ToTrainingSet()
    {
        if (CellCount == 0)
            GlmErrors.ThrowNoWeight(null);
        var table = new Table([.. columns.Select((column, k) => column!.ToColumn(names[k], keys.Values(k)))]);
        if (sumsYears)
        {
            table = table
                .With(new NumericColumn(roles.Target, [.. targets]))
                .With(new ExposureColumn(roles.Exposure!, [.. weights]));
            return roles with { Learn = table, Weight = null, PlaceOf = null };
        }
        var name = roles.Weight ?? WeightColumn;
        double[] means = [.. targets.Select((sum, cell) => weights[cell] > 0 ? sum / weights[cell] : 0)];
        // A cell whose rows all weigh nothing takes no part; its mean only has to be allowed.
        for (var cell = 0; cell < means.Length; cell++)
            means[cell] = family.InDomain(means[cell]) ? means[cell] : 1;
        table = table.With(new NumericColumn(roles.Target, means)).With(new NumericColumn(name, [.. weights]));
        var keepsYears = roles.Exposure is not null && roles.ExposureUse == ExposureUse.Offset;
        return roles with { Learn = table, Weight = name, Exposure = keepsYears ? roles.Exposure : null, PlaceOf = null };
    }

    static string ColumnOf(Term part) => ((ColumnTerm)part).Column;
}
