using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>The views of the shared oracles: rows and derived columns behind each fit.</summary>
static class OracleViews
{
    internal static Table FrenchFirst => FrenchData.LearnFirst(60_000);

    internal static Table FrenchClaims => With(FrenchData.LearnClaims, "LogAmount", "ClaimAmount", Math.Log);

    internal static Table Australian => Read("freqsev/ausprivauto0405.csv.gz");

    internal static Table AustralianClaims => WithAverage(Where(Australian, "ClaimNb", claims => claims > 0), "ClaimAmount");

    internal static Table Motorcycles => Exposed(Read("freqsev/swmotorcycle.csv.gz"));

    internal static Table MotorcycleClaims =>
        WithAverage(
            Where(Where(Motorcycles, "ClaimNb", claims => claims > 0), "ClaimAmount", amount => amount > 0),
            "ClaimAmount"
        );

    internal static Table British => Where(Read("freqsev/ukaggclaim.csv"), "NClaims", claims => claims > 0);

    internal static Table Renewals
    {
        get
        {
            var table = Read("lapse/eudirectlapse.csv.gz");
            var last = table.Numeric("prem_last").Values.ToArray();
            var market = table.Numeric("prem_market").Values.ToArray();
            var offer = table.Numeric("prem_final").Values.ToArray();
            return table
                .With(new NumericColumn("logfinal", [.. offer.Select(price => Math.Log(price))]))
                .With(new NumericColumn("loglast", [.. offer.Select((price, row) => Math.Log(price / last[row]))]))
                .With(new NumericColumn("logmarket", [.. offer.Select((price, row) => Math.Log(price / market[row]))]));
        }
    }

    /// <summary>Policies of the pricing game with N, the number of their claims of a positive amount.</summary>
    internal static Table PricingGame
    {
        get
        {
            var (policies, claims) = (Read("freqsev/pg17_policies.csv.gz"), Read("freqsev/pg17_claims.csv.gz"));
            var counts = new Dictionary<(string?, string?), double>();
            for (var row = 0; row < claims.RowCount; row++)
            {
                var key = (claims["id_client"].TextAt(row), claims["id_vehicle"].TextAt(row));
                if (claims.Numeric("claim_amount").Values[row] > 0)
                    counts[key] = counts.GetValueOrDefault(key) + 1;
            }
            double[] n =
            [
                .. Enumerable
                    .Range(0, policies.RowCount)
                    .Select(row =>
                        counts.GetValueOrDefault((policies["id_client"].TextAt(row), policies["id_vehicle"].TextAt(row)))
                    ),
            ];
            return With(policies.With(new NumericColumn("N", n)), "logValue", "vh_value", value => Math.Log(1 + value));
        }
    }

    /// <summary>Motorcycles summed by area, risk class, band of age and bonus class, in the order of those names.</summary>
    internal static Table MotorcycleCells =>
        Cells(Motorcycles.With(AgeBands(Motorcycles)), ["Area", "RiskClass", "VehAgeBand", "BonusClass"], "ClaimNb", "Exposure");

    /// <summary>Renewals summed by gender, use and region: n offers, k lapses, and their share.</summary>
    internal static Table RenewalGroups
    {
        get
        {
            var rows = Renewals.With(new NumericColumn("n", [.. Enumerable.Repeat(1.0, Renewals.RowCount)]));
            var cells = Cells(rows, ["polholder_gender", "policy_caruse", "vehicl_region"], "lapse", "n");
            var (k, n) = (cells.Numeric("lapse").Values.ToArray(), cells.Numeric("n").Values.ToArray());
            return cells.With(new NumericColumn("rate", [.. k.Select((lapses, row) => lapses / n[row])]));
        }
    }

    internal static CategoricalColumn AgeBands(Table table)
    {
        var ages = table.Numeric("VehAge").Values.ToArray();
        return new(
            "VehAgeBand",
            [
                .. ages.Select(age =>
                    age < 2 ? 0
                    : age < 5 ? 1
                    : 2
                ),
            ],
            new(["0-1", "2-4", "5-99"])
        );
    }

    /// <summary>Sums of columns over the cells of categories that have rows, cells in ordinal order of their levels.</summary>
    internal static Table Cells(Table table, string[] keys, params string[] sums)
    {
        var sorted = keys.Select(key =>
                (
                    Category: table.Categorical(key),
                    Names: (string[])[.. table.Categorical(key).Levels.Levels.Order(StringComparer.Ordinal)]
                )
            )
            .ToArray();
        var cells = new SortedDictionary<long, double[]>();
        var values = sums.Select(sum =>
                table[sum] is ExposureColumn years ? years.Years.ToArray() : table.Numeric(sum).Values.ToArray()
            )
            .ToArray();
        for (var row = 0; row < table.RowCount; row++)
        {
            var key = 0L;
            foreach (var (category, names) in sorted)
                key = key * names.Length + Array.IndexOf(names, category.TextAt(row));
            if (!cells.TryGetValue(key, out var total))
                cells.Add(key, total = new double[sums.Length]);
            for (var s = 0; s < sums.Length; s++)
                total[s] += values[s][row];
        }
        var columns = new List<Column>();
        var stride = 1L;
        for (var k = keys.Length - 1; k >= 0; k--)
        {
            var (names, step) = (sorted[k].Names, stride);
            columns.Insert(
                0,
                new CategoricalColumn(keys[k], [.. cells.Keys.Select(key => (int)(key / step % names.Length))], new(names))
            );
            stride *= names.Length;
        }
        for (var s = 0; s < sums.Length; s++)
        {
            double[] total = [.. cells.Values.Select(cell => cell[s])];
            columns.Add(sums[s] == "Exposure" ? new ExposureColumn(sums[s], total) : new NumericColumn(sums[s], total));
        }
        return new(columns);
    }

    static Table Read(string file) => CsvReader.Read(SharedData.Path("data/" + file));

    static Table With(Table table, string name, string from, Func<double, double> rule) =>
        table.With(FrenchData.Derived(table, name, from, rule));

    internal static Table Where(Table table, string column, Func<double, bool> keep)
    {
        var values = table.Numeric(column).Values.ToArray();
        return table.Take([.. Enumerable.Range(0, values.Length).Where(row => keep(values[row]))]);
    }

    internal static Table Where(Table table, string column, params string[] levels)
    {
        var category = table.Categorical(column);
        return table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => levels.Contains(category.TextAt(row)))]);
    }

    static Table Exposed(Table table)
    {
        var years = table.Exposure("Exposure").Years.ToArray();
        return table.Take([.. Enumerable.Range(0, years.Length).Where(row => years[row] > 0)]);
    }

    static Table WithAverage(Table table, string amount)
    {
        var claims = table.Numeric("ClaimNb").Values.ToArray();
        var amounts = table.Numeric(amount).Values.ToArray();
        return table.With(new NumericColumn("AvCost", [.. amounts.Select((total, row) => total / claims[row])]));
    }
}
