using CsCheck;

namespace Halley.Data.Tests;

public class ClaimJoinTests
{
    static readonly ClaimJoinOptions ById = new() { PolicyKey = ["policy"], Amounts = [new() { Column = "amount" }] };

    static readonly ClaimJoinOptions ByDate = ById with { ClaimDate = "date", CoverStart = "start", CoverEnd = "end" };

    static Table Policies(params (string? Policy, int Start, int End)[] rows) =>
        new([
            new TextColumn("policy", [.. rows.Select(row => row.Policy)]),
            new DateColumn("start", [.. rows.Select(row => row.Start)]),
            new DateColumn("end", [.. rows.Select(row => row.End)]),
            new ExposureColumn("years", [.. rows.Select(row => (row.End - row.Start) / 100.0)]),
        ]);

    static Table Claims(params (string? Policy, int Date, double Amount)[] rows) =>
        new([
            new TextColumn("policy", [.. rows.Select(row => row.Policy)]),
            new DateColumn("date", [.. rows.Select(row => row.Date)]),
            new NumericColumn("amount", [.. rows.Select(row => row.Amount)]),
        ]);

    [Fact]
    public void Claims_are_counted_and_added_up_on_their_policy()
    {
        var result = ClaimJoin.Join(
            Policies(("A", 0, 9), ("B", 0, 9), ("C", 0, 9)),
            Claims(("C", 1, 10), ("A", 2, 5), ("C", 3, -2)),
            ById
        );

        Assert.Equal([1, 0, 2], result.Policies.Numeric("ClaimCount").Values);
        Assert.Equal([5, 0, 8], result.Policies.Numeric("amount").Values);
        Assert.Equal([2, 0, 2], result.PolicyRow);
        Assert.Equal(3, result.RowsOf(ClaimFate.Matched));
    }

    [Fact]
    public void Claims_that_find_no_policy_are_counted_and_told()
    {
        var result = ClaimJoin.Join(
            Policies(("A", 0, 9), (null, 0, 9)),
            Claims(("A", 1, 10), ("X", 2, 5), (null, 2, 7), ("Y", 1, 1)),
            ById
        );

        Assert.Equal([1, 0], result.Policies.Numeric("ClaimCount").Values);
        var lost = Assert.Single(result.Account, total => total.Fate == ClaimFate.NoPolicy);
        Assert.Equal((3, 13.0), (lost.Rows, lost.Totals[0]));
        Assert.Equal(["'X'", "''", "'Y'"], lost.FirstKeys);
    }

    [Fact]
    public void A_claim_falls_into_the_cover_that_holds_its_date()
    {
        var policies = Policies(("A", 100, 200), ("A", 200, 300), ("A", 400, 500));
        var claims = Claims(
            ("A", 100, 1),
            ("A", 199, 2),
            ("A", 200, 4),
            ("A", 300, 8),
            ("A", 350, 16),
            ("A", 499, 32),
            ("A", -1, 64)
        );

        var result = ClaimJoin.Join(policies, claims, ByDate);

        Assert.Equal([3, 4, 32], result.Policies.Numeric("amount").Values);
        Assert.Equal((2, 24.0), Told(result, ClaimFate.OutsideCover));
        Assert.Equal((1, 64.0), Told(result, ClaimFate.Undated));
        var lastDays = Policies(("A", 100, 199), ("A", 200, 299), ("A", 400, 499));
        var sameDays = ClaimJoin.Join(lastDays, claims, ByDate with { EndIncluded = true });
        Assert.Equal([3, 4, 32], sameDays.Policies.Numeric("amount").Values);
    }

    [Fact]
    public void Only_what_was_known_on_the_valuation_date_counts()
    {
        var claims = Claims(("A", 10, 1), ("A", 20, 2), ("A", 30, 4), ("A", 15, 8))
            .With(new DateColumn("reported", [11, 26, 31, -1]));
        var options = ByDate with { ReportDate = "reported", ValuationDate = DateOnly.FromDayNumber(25) };

        var result = ClaimJoin.Join(Policies(("A", 0, 99)), claims, options);

        Assert.Equal([1], result.Policies.Numeric("amount").Values);
        Assert.Equal((2, 6.0), Told(result, ClaimFate.NotYetKnown));
        Assert.Equal((1, 8.0), Told(result, ClaimFate.Undated));
    }

    [Fact]
    public void The_latest_valuation_by_then_counts()
    {
        var claims = Claims(("A", 10, 100), ("A", 10, 300), ("A", 10, 200), ("A", 12, 7))
            .With(new TextColumn("claim", ["c1", "c1", "c1", "c2"]))
            .With(new DateColumn("valued", [20, 60, 40, 30]));
        var options = ById with { ClaimId = "claim", ValuedOn = "valued" };

        var latest = ClaimJoin.Join(Policies(("A", 0, 99)), claims, options);
        var asAt50 = ClaimJoin.Join(Policies(("A", 0, 99)), claims, options with { ValuationDate = DateOnly.FromDayNumber(50) });

        Assert.Equal([307], latest.Policies.Numeric("amount").Values);
        Assert.Equal([207], asAt50.Policies.Numeric("amount").Values);
        Assert.Equal([2], asAt50.Policies.Numeric("ClaimCount").Values);
        Assert.Equal((1, 300.0), Told(asAt50, ClaimFate.NotYetKnown));
        Assert.Equal((1, 100.0), Told(asAt50, ClaimFate.Superseded));
    }

    [Fact]
    public void A_key_may_be_several_columns_under_other_names_and_number_meets_text()
    {
        var policies = new Table([new NumericColumn("client", [1, 1, 2]), new TextColumn("car", ["V1", "V2", "V1"])]);
        var claims = new Table([
            new TextColumn("id_client", ["1", "2"]),
            new CategoricalColumn("id_car", [1, 0], new(["V1", "V2"])),
        ]);
        var options = new ClaimJoinOptions
        {
            PolicyKey = ["client", "car"],
            ClaimKey = ["id_client", "id_car"],
            CountName = "n",
        };

        Assert.Equal([0, 1, 1], ClaimJoin.Join(policies, claims, options).Policies.Numeric("n").Values);
    }

    [Fact]
    public void A_claim_that_fits_two_rows_is_refused()
    {
        Assert.Equal(
            "HLY1314: policy 'A' is on rows 1 and 2, and a claim fits both. "
                + "Name the claim date and the start and end of cover, or columns that make the key unique.",
            Assert
                .Throws<HalleyException>(() => ClaimJoin.Join(Policies(("A", 0, 9), ("A", 9, 20)), Claims(("A", 1, 1)), ById))
                .Message
        );
        Assert.StartsWith(
            "HLY1314: policy 'A' is on rows 1 and 3, and a claim fits both. End one cover before",
            Assert
                .Throws<HalleyException>(() =>
                    ClaimJoin.Join(Policies(("A", 0, 9), ("A", 9, 20), ("A", 5, 9)), Claims(("A", 6, 1)), ByDate)
                )
                .Message
        );
    }

    [Fact]
    public void Missing_amounts_and_taken_names_are_refused()
    {
        Assert.Equal(
            "HLY1315: column 'amount' of the claims, row 2: the amount is missing. Fill it in, or leave the claim out.",
            Assert
                .Throws<HalleyException>(() =>
                    ClaimJoin.Join(Policies(("A", 0, 9)), Claims(("A", 1, 1), ("A", 1, double.NaN)), ById)
                )
                .Message
        );
        Assert.StartsWith(
            "HLY1316: the policies already have a column 'years'.",
            Assert
                .Throws<HalleyException>(() => ClaimJoin.Join(Policies(("A", 0, 9)), Claims(), ById with { CountName = "years" }))
                .Message
        );
    }

    [Fact]
    public void Options_that_contradict_themselves_are_refused_all_at_once()
    {
        var options = new ClaimJoinOptions
        {
            PolicyKey = [],
            CoverStart = "start",
            ClaimId = "id",
            Amounts = [new() { Column = "amount", CapAt = -1 }],
        };

        Assert.Equal(5, options.Validate().Count);
        Assert.Contains(
            "no column names the policy.",
            Assert.Throws<ArgumentException>(() => ClaimJoin.Join(Policies(), Claims(), options)).Message
        );
    }

    [Fact]
    public void Large_claims_are_capped_and_their_excess_spread_by_exposure()
    {
        var policies = Policies(("A", 0, 100), ("B", 0, 300), ("C", 5, 5));
        var claims = Claims(("A", 1, 1000), ("B", 1, 40), ("B", 2, 60), ("X", 1, 5000), ("C", 5, 8));
        var options = ById with
        {
            Amounts =
            [
                new()
                {
                    Column = "amount",
                    Name = "cost",
                    CapAt = 100,
                },
            ],
        };

        var table = ClaimJoin.Join(policies, claims, options).Policies;

        Assert.Equal([1000, 100, 8], table.Numeric("cost").Values);
        Assert.Equal([100, 100, 8], table.Numeric("costCapped").Values);
        Assert.Equal([100 + 225, 100 + 675, 8], table.Numeric("costSpread").Values);
        Assert.Equal(
            [100 + 900 * 100.0 / 208, 100 + 900 * 100.0 / 208, 8 + 900 * 8.0 / 208],
            ClaimJoin
                .Join(policies, claims, options with { Amounts = [options.Amounts[0] with { SpreadBy = ExcessKey.CappedCost }] })
                .Policies.Numeric("costSpread")
                .Values.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-9
        );
    }

    [Fact]
    public void Spreading_by_an_exposure_that_is_not_there_is_refused() =>
        Assert.StartsWith(
            "HLY1318: the excess of 'amount' is to be spread by exposure, and the policies have no exposure column.",
            Assert
                .Throws<HalleyException>(() =>
                    ClaimJoin.Join(
                        Policies(("A", 0, 9)).Without("years"),
                        Claims(("A", 1, 5)),
                        ById with
                        {
                            Amounts = [new() { Column = "amount", CapAt = 1 }],
                        }
                    )
                )
                .Message
        );

    [Fact]
    public void Counted_claims_come_with_their_policys_columns()
    {
        var policies = Policies(("A", 0, 9), ("B", 0, 9)).With(new NumericColumn("age", [30, 40]));
        var claims = Claims(("B", 1, 10), ("X", 2, 5), ("A", 3, 7));

        var table = ClaimJoin.Join(policies, claims, ById).ClaimsWithPolicies(claims);

        Assert.Equal(
            ["policy", "date", "amount", "start", "end", "years", "age", "ClaimCount"],
            table.Columns.Select(column => column.Name)
        );
        Assert.Equal([10, 7], table.Numeric("amount").Values);
        Assert.Equal([40, 30], table.Numeric("age").Values);
    }

    static readonly Gen<(Table Policies, Table Claims)> AnyBook =
        from policies in Gen.Int[0, 20].Array[1, 30]
        from claims in Gen.Select(Gen.Int[0, 25], Gen.Int[-1, 120], Gen.Double[-50, 5000]).Array[0, 60]
        select (
            Policies([.. policies.Select((id, row) => ($"P{id}", row * 4, row * 4 + 4))]),
            Claims([.. claims.Select(claim => ($"P{claim.Item1}", claim.Item2, claim.Item3))])
        );

    [Fact]
    public void Every_claim_has_one_fate_and_counts_and_totals_are_kept() =>
        AnyBook.Sample(book =>
        {
            var options = ByDate with
            {
                Amounts = [new() { Column = "amount", CapAt = 700 }],
                ValuationDate = DateOnly.FromDayNumber(100),
            };
            var result = ClaimJoin.Join(book.Policies, book.Claims, options);

            Assert.Equal(book.Claims.RowCount, result.Account.Sum(total => total.Rows));
            Assert.Equal(
                CompensatedSum.Of(book.Claims.Numeric("amount").Values),
                result.Account.Sum(total => total.Totals[0]),
                1e-9
            );
            Assert.Equal(result.RowsOf(ClaimFate.Matched), CompensatedSum.Of(result.Policies.Numeric("ClaimCount").Values));
            var matched = result.Account.FirstOrDefault(total => total.Fate == ClaimFate.Matched)?.Totals[0] ?? 0;
            Assert.Equal(matched, CompensatedSum.Of(result.Policies.Numeric("amount").Values), 1e-9);
            Assert.Equal(matched, CompensatedSum.Of(result.Policies.Numeric("amountSpread").Values), 1e-9);
        });

    [Fact]
    public void Claims_of_split_covers_add_up_to_those_of_the_covers() =>
        AnyBook.Sample(book =>
        {
            var columns = new CoverColumns
            {
                Policy = ["policy"],
                Start = "start",
                End = "end",
                Exposure = "years",
            };
            var parts = CoverPeriods.Split(
                book.Policies,
                columns,
                Enumerable.Range(1, 40).Select(i => DateOnly.FromDayNumber(i * 3))
            );

            var whole = ClaimJoin.Join(book.Policies, book.Claims, ByDate).Policies;
            var split = ClaimJoin.Join(parts.Table, book.Claims, ByDate).Policies;

            foreach (var name in new[] { "ClaimCount", "amount" })
            {
                var sums = new double[whole.RowCount];
                for (var part = 0; part < split.RowCount; part++)
                    sums[parts.Source[part]] += split.Numeric(name).Values[part];
                Assert.Equal(
                    whole.Numeric(name).Values.ToArray(),
                    sums,
                    (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(a))
                );
            }
        });

    [Fact]
    public void The_french_claims_find_their_policies()
    {
        var folder = SharedData.Path("data/fremtpl2");
        var policies = CsvReader.Read(Path.Combine(folder, "freMTPL2freq.csv.gz"));
        var claims = CsvReader.Read(Path.Combine(folder, "freMTPL2sev.csv.gz"));
        var clean = CsvReader.Read(Path.Combine(folder, "freMTPL2_clean.csv.gz"));
        var options = new ClaimJoinOptions
        {
            PolicyKey = ["IDpol"],
            Amounts = [new() { Column = "ClaimAmount", CapAt = 100_000 }],
        };

        var result = ClaimJoin.Join(policies, claims, options);

        Assert.Equal(26_639, result.Account.Sum(total => total.Rows));
        Assert.Equal(60_697_931, result.Account.Sum(total => total.Totals[0]), 1.0);
        var joined = result.Policies;
        var counts = Enumerable
            .Range(0, joined.RowCount)
            .ToDictionary(
                row => joined.Numeric("IDpol").Values[row],
                row => (joined.Numeric("ClaimCount").Values[row], joined.Numeric("ClaimAmount").Values[row])
            );
        for (var row = 0; row < clean.RowCount; row++)
        {
            var (count, amount) = counts[clean.Numeric("IDpol").Values[row]];
            Assert.Equal(clean.Numeric("ClaimNb").Values[row], count);
            Assert.Equal(clean.Numeric("ClaimTotal").Values[row], amount, 1e-6);
        }
        Assert.Equal(
            CompensatedSum.Of(joined.Numeric("ClaimAmount").Values),
            CompensatedSum.Of(joined.Numeric("ClaimAmountSpread").Values),
            1e-8
        );
    }

    static (int, double) Told(ClaimJoinResult result, ClaimFate fate) =>
        result.Account.Single(total => total.Fate == fate) is var total ? (total.Rows, total.Totals[0]) : default;
}
