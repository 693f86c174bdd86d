using Halley.Data;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>610,206 rows and 326 columns: every distinct value of eight columns a level of its own, and one number.</summary>
/// <remarks>Strength 0.001, all levels penalised, columns not standardised, no offset.</remarks>
sealed class WideProblem
{
    public const double Strength = 0.001;

    static readonly string[] Factors = ["VehPower", "VehAge", "DrivAge", "BonusMalus", "VehBrand", "VehGas", "Region", "Area"];

    readonly GlmOptions options;
    readonly LearnRows rows;
    readonly GlmDesign design;

    public WideProblem(string family, double l1Ratio)
    {
        var learn = FrenchGlm.Learn;
        options = new()
        {
            Family = FamilyOf(family),
            Link = family == "binomial" ? Link.Logit : Link.Log,
            Terms = Terms,
            Threads = 2,
            Penalty = new()
            {
                Strength = Strength,
                L1Ratio = l1Ratio,
                Scale = PenaltyScale.None,
                AllLevels = true,
                // An error of a fiftieth of a standard error: the objective is then within 1e-9 or so of its least.
                Tolerance = 0.15,
            },
        };
        var set = SetOf(learn, family);
        rows = LearnRows.Of(set, options);
        var inputs = new LearnInputs(rows);
        var encoder = new TermEncoder(inputs, Terms);
        design = new PenalisedDesigner(rows.Problem, inputs, [.. Terms.Select(encoder.Encode)]).Build(allLevels: true);
        _ = design.Gathered.Pass;
    }

    public int ColumnCount => design.Order.Length - 1;

    /// <summary>From the finished design to the optimum: the objective there.</summary>
    public double Solve()
    {
        var likelihood = new PenalisedLikelihood(rows.Problem, design, default);
        var start = new double[design.Order.Length];
        start[0] = StartPoint.Constant(rows.Problem);
        var layout = PenalisedFitter.LayoutFor(design, options.Penalty!, rows.Problem, default);
        var search = new PenalisedSearch(likelihood, layout, options, start);
        search.GoTo(Strength);
        return search.ObjectiveAt(Strength);
    }

    static Term[] Terms => [.. Factors.Select(name => (Term)new FactorTerm(name)), new NumericTerm("DensityGLM")];

    static Family FamilyOf(string name) =>
        name switch
        {
            "poisson" => Family.Poisson,
            "gamma" => Family.Gamma,
            "tweedie" => Family.Tweedie(1.5),
            _ => Family.Binomial,
        };

    static TrainingSet SetOf(Table learn, string family)
    {
        var years = learn.Exposure("Exposure").Years.ToArray();
        var claims = learn.Numeric("ClaimNb").Values.ToArray();
        var cost = learn.Numeric("ClaimTotal").Values.ToArray();
        double[] target = family switch
        {
            "poisson" => [.. claims.Select((count, row) => count / years[row])],
            "tweedie" => [.. cost.Select((total, row) => total / years[row])],
            "gamma" => Amounts(learn),
            _ => [.. claims.Select(count => count > 0 ? 1.0 : 0)],
        };
        return new()
        {
            Learn = learn.With(new NumericColumn("y", target)).With(new NumericColumn("w", years)),
            Features = [],
            Target = "y",
            Weight = family is "poisson" or "tweedie" ? "w" : null,
        };
    }

    /// <summary>Synthetic amounts: a mean by four columns times a gamma variable of shape 2, from two lattices of the row number.</summary>
    static double[] Amounts(Table learn)
    {
        double At(string column, int row) => learn.Numeric(column).Values[row];
        return
        [
            .. Enumerable
                .Range(0, learn.RowCount)
                .Select(row =>
                {
                    var (u1, u2) = ((row + 0.5) * 0.6180339887498949 % 1, (row + 0.5) * 0.41421356237309515 % 1);
                    var eta =
                        0.02 * (At("VehPower", row) - 4)
                        - 0.01 * At("VehAge", row)
                        + 0.3 * (At("BonusMalus", row) - 50) / 50
                        + 0.002 * (At("DrivAge", row) - 40);
                    return 1000 * Math.Exp(eta) * -0.5 * (Math.Log(1 - u1) + Math.Log(1 - u2));
                }),
        ];
    }
}
