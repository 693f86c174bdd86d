using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>A penalised objective, written out row by row and coefficient by coefficient: infinite where a limit is broken.</summary>
sealed class PlainPenalty
{
    readonly GlmPenalty penalty;
    readonly Books.Case which;
    readonly LearnRows rows;
    readonly double[][] columns;
    readonly (string Term, int Level, bool IsNumber)[] places;
    readonly IReadOnlyList<DesignTerm> terms;

    internal PlainPenalty(Books.Case which, GlmPenalty penalty, Table table, Term[] declared)
    {
        (this.which, this.penalty) = (which, penalty);
        rows = LearnRows.Of(which.Set(table), which.Options(declared));
        var inputs = new LearnInputs(rows);
        var encoder = new TermEncoder(inputs, declared);
        terms = [.. declared.Select(encoder.Encode)];
        var encoded = new DesignBuilder(inputs, terms, rows.Problem.Weight, 1).Encode();
        var (all, where) = (new List<double[]>(), new List<(string, int, bool)>());
        for (var t = 0; t < terms.Count; t++)
        {
            for (var cell = 0; cell < terms[t].Encoded.CellCount; cell++)
            {
                if (terms[t].IsBase(cell))
                    continue;
                for (var j = 0; j < terms[t].Encoded.Width; j++)
                {
                    var (own, numbers) = (cell, encoded[t].Columns.Length > 0);
                    var cells = encoded[t].Cells;
                    var values = numbers ? encoded[t].Columns[j] : null;
                    all.Add([
                        .. Enumerable
                            .Range(0, table.RowCount)
                            .Select(row => cells is null || cells[row] == own ? values?[row] ?? 1 : 0),
                    ]);
                    where.Add((terms[t].Name, cell, numbers));
                }
            }
        }
        (columns, places) = ([.. all], [.. where]);
    }

    /// <summary>A step in coefficient i that moves the predictor by about one.</summary>
    internal double UnitOf(int i) => i == 0 ? 1 : 1 / Math.Max(Spread(i - 1), 1e-9);

    internal double Objective(double[] coefficients)
    {
        var problem = rows.Problem;
        var (deviance, weights) = (0.0, 0.0);
        for (var row = 0; row < problem.RowCount; row++)
        {
            var eta = problem.Offset[row] + coefficients[0];
            for (var j = 0; j < columns.Length; j++)
                eta += coefficients[j + 1] * columns[j][row];
            var mu = which.Link.Inverse(eta);
            if (!problem.Family.MeanInDomain(mu))
                return double.PositiveInfinity;
            deviance += problem.Weight[row] * problem.Family.UnitDeviance(problem.Target[row], mu);
            weights += problem.Weight[row];
        }
        return deviance / weights / 2 + penalty.Strength!.Value * terms.Sum(term => Of(term, coefficients));
    }

    double Of(DesignTerm term, double[] coefficients)
    {
        var rule = penalty.Terms.FirstOrDefault(rule => rule.Term == term.Name) ?? new(term.Name);
        int[] own = [.. Enumerable.Range(0, places.Length).Where(j => places[j].Term == term.Name)];
        double[] sizes = [.. own.Select(j => coefficients[j + 1] * Measure(j))];
        double[] levels =
        [
            .. Enumerable
                .Range(0, term.Encoded.CellCount)
                .Select(cell => own.Where(j => places[j].Level == cell).Sum(j => coefficients[j + 1])),
        ];
        double[] steps = [.. levels.Skip(1).Select((level, i) => level - levels[i])];
        if (own.Any(j => coefficients[j + 1] < rule.Lower - 1e-12 || coefficients[j + 1] > rule.Upper + 1e-12))
            return double.PositiveInfinity;
        if (rule.Monotone == MonotoneRule.Rising && steps.Any(step => step < -1e-12))
            return double.PositiveInfinity;
        if (rule.Monotone == MonotoneRule.Falling && steps.Any(step => step > 1e-12))
            return double.PositiveInfinity;
        var absolute = rule.Kind switch
        {
            PenaltyKind.Group => Math.Sqrt(own.Length * sizes.Sum(size => size * size)),
            PenaltyKind.Steps => steps.Sum(Math.Abs),
            PenaltyKind.Pairs => levels.SelectMany((one, i) => levels.Take(i).Select(other => Math.Abs(one - other))).Sum(),
            _ => sizes.Sum(Math.Abs),
        };
        var square = (rule.Kind == PenaltyKind.Steps ? steps : sizes).Sum(size => size * size);
        return rule.Weight * (penalty.L1Ratio * absolute + (1 - penalty.L1Ratio) / 2 * square);
    }

    double Measure(int j) =>
        penalty.Scale switch
        {
            PenaltyScale.All => Spread(j),
            PenaltyScale.Numbers => places[j].IsNumber ? Spread(j) : 1,
            _ => 1,
        };

    double Spread(int j)
    {
        var (weight, column) = (rows.Problem.Weight, columns[j]);
        var total = weight.Sum();
        var mean = column.Select((value, row) => weight[row] * value).Sum() / total;
        return Math.Sqrt(column.Select((value, row) => weight[row] * (value - mean) * (value - mean)).Sum() / total);
    }
}
