using System.Globalization;
using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>A table made ready for one spec: rows filtered, roles typed, features derived, each row given its part.</summary>
/// <remarks>
/// The same preparation stands before a fit and before an evaluation. Columns of <see cref="Table"/>: the raw columns that the spec
/// names, each derived feature, and target, exposure, weight and offset in the kinds that their roles need.
/// </remarks>
sealed class PreparedData
{
    readonly DataPart?[] parts;

    /// <summary>Of the batch that was prepared.</summary>
    readonly int[] sourceRows;

    readonly int firstRow;

    PreparedData(ModelSpec spec, Table table, DataPart?[] parts, int[] sourceRows, int firstRow, double targetFactor)
    {
        this.firstRow = firstRow;
        Spec = spec;
        Table = table;
        this.parts = parts;
        this.sourceRows = sourceRows;
        TargetFactor = targetFactor;
    }

    public ModelSpec Spec { get; }

    public Table Table { get; }

    /// <summary>Row of the data that each prepared row is, shape (n).</summary>
    public IReadOnlyList<int> SourceRows => firstRow == 0 ? sourceRows : RowsOfData(sourceRows, firstRow);

    /// <summary>By what the capped target was multiplied.</summary>
    public double TargetFactor { get; }

    /// <summary>Prepares a table.</summary>
    /// <param name="targetFactor">Factor of a fitted model to use again; null to find it from the learn rows.</param>
    /// <param name="more">Columns of the data to keep beside those that the spec names.</param>
    /// <exception cref="HalleyException">HLY1001 no such column; HLY12xx a bad expression; HLY3401 to HLY3404 bad roles; HLY3407, HLY3409 bad values; HLY1301, HLY3405 no rows.</exception>
    public static PreparedData Of(ModelSpec spec, Table table, double? targetFactor = null, IEnumerable<string>? more = null)
    {
        var (problems, refused) = (new RowProblems(spec.Name), new RowProblems(spec.Name));
        var data = Begin(spec, table, firstRow: null, more, problems, refused);
        problems.ThrowIfAny();
        refused.ThrowIfAny();
        if (spec.Cap is not { } cap)
            return data!;
        // The target's cap.
        var totals = targetFactor is null ? TargetCapping.AddTotals((0, 0), spec, cap, data!.Table, data.parts) : default;
        return data!.Capped(targetFactor ?? TargetCapping.FactorOf(cap, totals));
    }

    /// <summary>Prepares a batch of the data, but for the target's cap.</summary>
    /// <param name="firstRow">Rows that came before it; null where the batch is all there is, and so must hold rows to learn on.</param>
    /// <param name="problems">Receives inputs without a value whose rule is to reject.</param>
    /// <param name="refused">Receives values that do not fit their role.</param>
    /// <returns>Null where the rows can't be prepared for what <paramref name="problems"/> then holds.</returns>
    /// <exception cref="HalleyException">As <see cref="Of"/>, but HLY3407.</exception>
    public static PreparedData? Begin(
        ModelSpec spec,
        Table table,
        int? firstRow,
        IEnumerable<string>? more,
        RowProblems problems,
        RowProblems refused
    )
    {
        // 1. Only the columns that take part.
        var columns = UsedColumns(spec, table);
        var used = table.Select([.. columns.Union(more ?? [], StringComparer.Ordinal)]);
        // 2. Which rows: those that the filter keeps and the split names.
        var parts = PartAssigner.Assign(spec.Split, used, spec.Seed, firstRow);
        var kept = KeptRows(spec, used, parts);
        spec = ClassTargets.Filled(spec, () => LearnRows(used, parts, kept));
        if (firstRow is null && !kept.Any(row => parts[row] == DataPart.Learn))
            throw NothingToLearn(spec, used.RowCount, kept.Length);
        if (kept.Length < used.RowCount)
            (used, parts) = (used.Take(kept), Array.ConvertAll(kept, row => parts[row]));
        // 3. Derived features, by the very instructions that serve them.
        var rows = RowsOfData(kept, firstRow ?? 0);
        RefuseStrayText(spec, used, rows);
        var inputs = InputSchema.Of(spec, used, declared: null, withExposure: false);
        InputRules.Check(problems, inputs, used, rows);
        if (problems.HasAny)
            return null;
        var derived = Derive(spec, used, inputs);
        // 4. Target, exposure, weight and offset in the kinds that their roles need.
        var typed = RoleColumns.Type(spec, derived, rows, refused);
        return new(spec, typed, parts, kept, firstRow ?? 0, 1);
    }

    /// <summary>Rows of the data to learn on, with the columns that the spec names.</summary>
    public static Table LearnRows(ModelSpec spec, Table table)
    {
        var used = table.Select([.. UsedColumns(spec, table)]);
        var parts = PartAssigner.Assign(spec.Split, used, spec.Seed, firstRow: null);
        return LearnRows(used, parts, KeptRows(spec, used, parts));
    }

    static Table LearnRows(Table used, DataPart?[] parts, int[] kept) =>
        used.Take(Array.FindAll(kept, row => parts[row] == DataPart.Learn));

    /// <summary>The same rows with the target cut off as the spec says; the same data where it has no cap.</summary>
    /// <param name="factor">By what the capped target is multiplied.</param>
    public PreparedData Capped(double factor) =>
        Spec.Cap is { } cap
            ? new(Spec, TargetCapping.Apply(Spec, cap, Table, factor), parts, sourceRows, firstRow, factor)
            : this;

    /// <summary>Adds the learn rows' totals of the target before and after the spec's cap.</summary>
    public (double Before, double After) AddTotals((double Before, double After) totals) =>
        Spec.Cap is { } cap ? TargetCapping.AddTotals(totals, Spec, cap, Table, parts) : totals;

    /// <summary>There is nothing to learn on.</summary>
    public static HalleyException NothingToLearn(ModelSpec spec, int rowCount, int keptCount) =>
        new(
            "HLY3405",
            string.Create(
                CultureInfo.InvariantCulture,
                $"model '{spec.Name}' has no rows to learn on: of {rowCount} rows, filter and split leave {keptCount}. "
            ) + "Check 'where' and 'split'."
        );

    static int[] RowsOfData(int[] rows, int firstRow) => firstRow == 0 ? rows : Array.ConvertAll(rows, row => row + firstRow);

    /// <summary>Refuses a column of numbers that a single text made a category, naming that text.</summary>
    static void RefuseStrayText(ModelSpec spec, Table used, IReadOnlyList<int> rows)
    {
        foreach (var name in spec.Learner.NumberColumns.Where(used.Has))
        {
            if (StrayText.Sentence(used[name], rows) is { Length: > 0 } stray)
                throw new HalleyException(
                    "HLY3409",
                    $"model '{spec.Name}' needs numbers, and column '{name}' holds text.{stray}"
                );
        }
    }

    /// <summary>Columns of the data that a fit of this spec reads, sorted.</summary>
    public static IReadOnlyList<string> UsedColumns(ModelSpec spec, Table table) =>
        UsedColumns(spec, [.. table.Columns.Select(column => column.Name)]);

    /// <inheritdoc cref="UsedColumns(ModelSpec, Table)"/>
    public static IReadOnlyList<string> UsedColumns(ModelSpec spec, IReadOnlyList<string> present)
    {
        foreach (var derived in spec.Derived)
        {
            if (present.Contains(derived.Name))
                throw new HalleyException(
                    "HLY3401",
                    $"derived feature '{derived.Name}' has the name of a column of the data. Give it another name."
                );
        }
        var used = ColumnsOf(spec);
        var lacking = used.Where(name => !present.Contains(name)).ToList();
        if (lacking.Count > 0)
            throw new HalleyException(
                "HLY3402",
                $"the data have no column {string.Join(", ", lacking.Select(name => $"'{name}'"))}, which model '{spec.Name}' names. "
                    + $"They have: {string.Join(", ", present)}.{string.Concat(lacking.Select(name => NearestText.Hint(name, present)))}"
            );
        return used;
    }

    /// <summary>Names of the columns that a fit of this spec reads, sorted.</summary>
    public static IReadOnlyList<string> ColumnsOf(ModelSpec spec)
    {
        var split = new[] { (spec.Split as ColumnSplit)?.Column, (spec.Split as TimeSplit)?.Column };
        return
        [
            .. ModelInputs
                .ColumnsFor(spec, ModelInputs.ServedNames(spec).Concat(ModelInputs.TrainingNames(spec)))
                .Concat(split.OfType<string>())
                .Concat(spec.Split?.Keys ?? [])
                .Concat(spec.Learner.FitColumns)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    public int CountOf(DataPart part) => parts.Count(assigned => assigned == part);

    /// <summary>The rows of one part.</summary>
    public Table Part(DataPart part) => PartsOf(part);

    /// <summary>The rows of some parts, in their order.</summary>
    public Table PartsOf(params IReadOnlyList<DataPart> some)
    {
        var rows = Enumerable.Range(0, parts.Length).Where(row => parts[row] is { } part && some.Contains(part)).ToArray();
        return rows.Length == parts.Length ? Table : Table.Take(rows);
    }

    /// <summary>The rows of one part as they came.</summary>
    /// <param name="source">The table that was prepared.</param>
    public Table SourceOf(DataPart part, Table source) => SourceOf([part], source);

    /// <summary>The rows of some parts as they came, in their order.</summary>
    /// <inheritdoc cref="SourceOf(DataPart, Table)"/>
    public Table SourceOf(IReadOnlyList<DataPart> some, Table source)
    {
        var rows = LocalRowsOf(some);
        return rows.Length == source.RowCount ? source : source.Take(rows);
    }

    /// <summary>What a trainer needs to know of the learn part, whose rows messages call by their place in the data.</summary>
    /// <param name="learn">The learn part, with more columns perhaps.</param>
    public TrainingSet LearnSet(Table learn, Table? validation = null)
    {
        int[]? places = null;
        return TrainingSet(learn, validation) with { PlaceOf = row => (places ??= SourceRowsOf(DataPart.Learn))[row] };
    }

    /// <summary>Row of the data that each row of one part is.</summary>
    public int[] SourceRowsOf(DataPart part) => SourceRowsOf([part]);

    /// <summary>Row of the data that each row of some parts is, in their order.</summary>
    public int[] SourceRowsOf(IReadOnlyList<DataPart> some) => RowsOfData(LocalRowsOf(some), firstRow);

    int[] LocalRowsOf(IReadOnlyList<DataPart> some) =>
        [
            .. Enumerable
                .Range(0, parts.Length)
                .Where(row => parts[row] is { } part && some.Contains(part))
                .Select(row => sourceRows[row]),
        ];

    /// <summary>What a trainer needs to know, on given rows.</summary>
    public TrainingSet TrainingSet(Table learn, Table? validation) =>
        new()
        {
            Learn = learn,
            Validation = validation,
            Features = Spec.Learner.FeatureNames,
            Target = Spec.Target,
            Exposure = Spec.Exposure,
            ExposureUse = Spec.ExposureUse,
            Weight = Spec.Weight,
            Offset = Spec.Offset,
        };

    static int[] KeptRows(ModelSpec spec, Table table, DataPart?[] parts)
    {
        var kept = Enumerable.Range(0, table.RowCount).Where(row => parts[row] is not null).ToArray();
        if (kept.Length > 0 && ModelInputs.WhereOf(spec) is { } where)
        {
            // Rules that refuse values do not count yet: a row that the filter drops must not stop the fit.
            var needed = ModelInputs.StepsFor(spec, where.Names).Select(step => KeyValuePair.Create(step.Name, step.Expression));
            var allowed = new bool[table.RowCount];
            foreach (var row in TableExpressions.RowsWhere(TableExpressions.Derive(table, needed), where))
                allowed[row] = true;
            kept = Array.FindAll(kept, row => allowed[row]);
        }
        return kept;
    }

    static Table Derive(ModelSpec spec, Table table, Schema inputs)
    {
        var served = ModelInputs.ServedNames(spec).ToList();
        var features = Evaluate(table, inputs, ModelInputs.StepsFor(spec, served));
        // What only a fit reads has no rules: its missing values are looked for role by role.
        var training = ModelInputs.StepsFor(spec, ModelInputs.TrainingNames(spec)).Where(step => !features.Has(step.Name));
        return TableExpressions.Derive(features, training.Select(step => KeyValuePair.Create(step.Name, step.Expression)));
    }

    static Table Evaluate(Table table, Schema inputs, IEnumerable<FeatureStep> steps)
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var bound = TableInputs.Bind(builder, table, inputs.Fields.Select(field => field.Name), scope);
        var features = FeatureSteps.Emit(builder, inputs, steps, scope);
        var changed = features
            .Where(feature => !scope.TryGetValue(feature.Key, out var slot) || slot.Index != feature.Value.Index)
            .ToList();
        var values = changed.ConvertAll(_ => new double[table.RowCount]);
        bound.Run(
            builder.Build(),
            table.RowCount,
            block =>
            {
                for (var i = 0; i < changed.Count; i++)
                    block[changed[i].Value.Index].CopyTo(values[i].AsSpan(block.FirstRow));
            }
        );
        return changed
            .Select((feature, i) => SlotColumns.ToColumn(feature.Key, feature.Value.Type, values[i]))
            .Aggregate(table, (current, column) => current.With(column));
    }
}
