using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Which features are told by statistics, and what each row is told.</summary>
sealed class StatisticPlan
{
    readonly StatisticOptions options;
    readonly TrainingSet set;

    /// <summary>One for each target that levels are told by: of classes each one's share.</summary>
    readonly StatisticVolumes[] volumes;
    readonly int threads;
    readonly SortedDictionary<int, KeySource> sources = [];
    readonly List<StatisticColumn> columns = [];

    /// <summary>Shape (orders)(n): rows, the first first.</summary>
    readonly int[][] orders;
    Table? first;

    StatisticPlan(BoostingOptions options, TrainingSet set, StatisticVolumes[] volumes, int threads)
    {
        (this.options, this.set, this.volumes, this.threads) = (options.Statistics, set, volumes, threads);
        orders = RowOrders.Of(options, set.Learn.RowCount, threads);
    }

    /// <summary>Features that are split as they are, in their order.</summary>
    internal required string[] Plain { get; init; }

    internal IReadOnlyList<StatisticColumn> Columns => columns;

    /// <summary>Statistics as scorers have them, behind the numbers that they read as codes.</summary>
    internal (DerivedColumn[] Codes, DerivedColumn[] Statistics) Derived()
    {
        var codes = sources.Select(source => source.Value.AsColumn(source.Key)).OfType<MapColumn>().ToList();
        int PlaceOf(int feature) =>
            codes.FindIndex(code => code.Source == feature) is var place and >= 0 ? set.Features.Count + place : feature;
        return ([.. codes], [.. columns.Select(column => column.Derived(PlaceOf))]);
    }

    /// <summary>Null where no category is told by statistics.</summary>
    /// <param name="volumes">One for each target that levels are told by; asked for where there are any.</param>
    /// <param name="pilot">Slopes of the learn rows at the scores of a first fit, for the choice of combinations, by score.</param>
    internal static StatisticPlan? Of(
        BoostingOptions options,
        TrainingSet set,
        Func<StatisticVolumes[]> volumes,
        Func<PilotSlopes[]> pilot,
        int threads
    )
    {
        var wanted = options.Statistics;
        int[] categories =
        [
            .. Enumerable.Range(0, set.Features.Count).Where(index => set.Learn[set.Features[index]] is CategoricalColumn),
        ];
        bool IsLarge(int index) => CategoryBins.LevelsInUse(set.Learn.Categorical(set.Features[index])) > wanted.Levels;
        var large = categories.Where(IsLarge).ToHashSet();
        var isSearched = wanted.CombinationSize > 1 && categories.Length > 1;
        if (large.Count == 0 && wanted is { BesideLevels: false, Combinations.Count: 0 } && !isSearched)
            return null;
        var plan = new StatisticPlan(options, set, volumes(), threads)
        {
            Plain =
            [
                .. Enumerable
                    .Range(0, set.Features.Count)
                    .Where(index => !large.Contains(index))
                    .Select(index => set.Features[index]),
            ],
        };
        // 1. Single categories.
        foreach (var index in wanted.BesideLevels ? categories : [.. categories.Where(large.Contains)])
            plan.Add(plan.KeysOf([index])!);
        // 2. Combinations that were asked for.
        foreach (var combination in wanted.Combinations)
        {
            if (plan.KeysOf(plan.IndexesOf(combination)) is { } keys)
                plan.Add(keys);
            else
                BoostingErrors.ThrowTooManyKeys(combination);
        }
        // 3. Combinations that tell what single columns do not.
        if (isSearched)
        {
            foreach (var keys in new CombinationSearch(wanted, categories, plan.KeysOf, plan.orders, threads).Run(pilot()))
                plan.Add(keys);
        }
        return plan;
    }

    /// <summary>What the learn rows are told in the first order, from which bins are made: a column a statistic.</summary>
    internal Table First => first ??= ToldIn(RowsIn(0));

    Table ToldIn(Dictionary<StatisticVolumes, RowsInOrder> rows) =>
        Told(column => new(column.Name, column.Statistic.Ordered(column.Keys, rows[column.Volumes])));

    /// <summary>The rows in one order, with each class's volumes.</summary>
    Dictionary<StatisticVolumes, RowsInOrder> RowsIn(int order) =>
        volumes.ToDictionary(own => own, own => new RowsInOrder(own, orders[order]));

    /// <summary>The learn rows in each order in which they are told the past, some side by side.</summary>
    /// <param name="own">The learn rows without statistics.</param>
    internal BinnedTable[] InOrders(BinnedTable own, CancellationToken cancellation)
    {
        var (tables, told) = (new BinnedTable[orders.Length], First);
        WorkItems.For(
            tables.Length,
            threads,
            order =>
                tables[order] =
                    order == 0
                        ? own.With(told, threads, cancellation)
                        : own.With(ReadersIn(order, own.Features), threads, cancellation),
            cancellation
        );
        return tables;
    }

    BinReader?[] ReadersIn(int order, FeatureBins[] features)
    {
        var (readers, rows, first) = (new BinReader?[features.Length], RowsIn(order), features.Length - columns.Count);
        for (var index = 0; index < columns.Count; index++)
        {
            var (column, numbers) = (columns[index], (NumberBins)features[first + index]);
            var codes = column.Statistic.OrderedBins(column.Keys, rows[column.Volumes], numbers);
            readers[first + index] = (start, bins) => codes.AsSpan(start, bins.Length).CopyTo(bins);
        }
        return readers;
    }

    /// <summary>What rows are told when they are scored: a column a statistic.</summary>
    internal Table Scored(Table rows)
    {
        if (ReferenceEquals(rows, set.Learn))
            return Told(column => column.ToldLearnt());
        var codes = sources.ToDictionary(source => source.Key, source => source.Value.CodesOf(rows[set.Features[source.Key]]));
        return Told(column => column.Told(rows.RowCount, codes));
    }

    Table Told(Func<StatisticColumn, NumericColumn> tell)
    {
        var told = new NumericColumn[columns.Count];
        WorkItems.For(told.Length, threads, index => told[index] = tell(columns[index]));
        return new(told);
    }

    CategoryKeys? KeysOf(int[] indexes) => CategoryKeys.Of(indexes, Array.ConvertAll(indexes, SourceOf));

    KeySource SourceOf(int index)
    {
        if (!sources.TryGetValue(index, out var source))
            sources[index] = source = KeySource.Of(set.Learn[set.Features[index]]);
        return source;
    }

    int[] IndexesOf(IReadOnlyList<string> combination)
    {
        foreach (var name in combination.Where(name => !set.Features.Contains(name)))
            BoostingErrors.ThrowBadCombination(name);
        return [.. combination.Select(name => set.Features.ToList().IndexOf(name)).Order()];
    }

    void Add(CategoryKeys keys)
    {
        if (columns.Exists(column => column.Keys.Features.AsSpan().SequenceEqual(keys.Features)))
            return;
        foreach (var kind in options.Kinds.Distinct())
        {
            foreach (var prior in kind == StatisticKind.Volume ? [0] : options.Priors.Distinct())
            {
                // How much there is of a level is the same of every class.
                for (var target = 0; target < (kind == StatisticKind.Volume ? 1 : volumes.Length); target++)
                    Add(keys, new(kind, prior), target);
            }
        }
    }

    void Add(CategoryKeys keys, OrderedStatistic statistic, int target)
    {
        string[] madeOf = [.. keys.Features.Select(index => set.Features[index])];
        var valued = keys.Keyed with
        {
            Values = statistic.Full(keys, volumes[target]),
            WhenUnknown = statistic.Unknown(volumes[target]),
        };
        columns.Add(new(NameOf(madeOf, statistic), madeOf, keys, statistic, volumes[target], valued));
    }

    string NameOf(string[] madeOf, OrderedStatistic statistic)
    {
        var name = FormattableString.Invariant($"{string.Join(" x ", madeOf)} ({statistic.Kind}, {statistic.Prior})");
        while (set.Learn.Has(name) || columns.Exists(column => column.Name == name))
            name += "'";
        return name;
    }
}
