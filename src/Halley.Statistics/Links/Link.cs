using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>A link g with its inverse and the inverse's derivative.</summary>
/// <param name="Function">Which link.</param>
/// <param name="Exponent">λ of the power link; 1 for all others.</param>
public readonly record struct Link(LinkFunction Function, double Exponent = 1)
{
    public static Link Identity { get; } = new(LinkFunction.Identity);
    public static Link Log { get; } = new(LinkFunction.Log);
    public static Link Logit { get; } = new(LinkFunction.Logit);
    public static Link Reciprocal { get; } = new(LinkFunction.Inverse);
    public static Link Probit { get; } = new(LinkFunction.Probit);
    public static Link ComplementaryLogLog { get; } = new(LinkFunction.ComplementaryLogLog);

    /// <summary>η = μ^<paramref name="exponent"/>, which is not 0: 0.5 is the square root, −2 the inverse square.</summary>
    public static Link Power(double exponent) =>
        double.IsFinite(exponent) && exponent != 0
            ? new(LinkFunction.Power, exponent)
            : throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "a power link's exponent is finite and not 0.");

    /// <summary>η = 1/μ², the inverse Gaussian's natural link.</summary>
    public static Link InverseSquare { get; } = Power(-2);

    /// <summary>Name as in specs and model files: <c>identity</c>, <c>log</c>, <c>logit</c>, <c>inverse</c>, <c>probit</c>, <c>cloglog</c>, <c>power(0.5)</c>.</summary>
    public string Name =>
        Function switch
        {
            LinkFunction.Identity => "identity",
            LinkFunction.Log => "log",
            LinkFunction.Logit => "logit",
            LinkFunction.Inverse => "inverse",
            LinkFunction.Probit => "probit",
            LinkFunction.ComplementaryLogLog => "cloglog",
            LinkFunction.Power => NamedNumber.Format("power", Exponent),
            _ => throw Unknown(Function),
        };

    /// <summary>The names that <see cref="TryParse"/> takes.</summary>
    public const string Names = "identity, log, logit, inverse, inverse_square, probit, cloglog, sqrt, power(λ)";

    /// <summary>Reads a link's name; <c>sqrt</c> is <c>power(0.5)</c>, <c>inverse_square</c> is <c>power(-2)</c>.</summary>
    public static bool TryParse(string? name, out Link link)
    {
        (link, var known) = name switch
        {
            "identity" => (Identity, true),
            "log" => (Log, true),
            "logit" => (Logit, true),
            "inverse" => (Reciprocal, true),
            "probit" => (Probit, true),
            "cloglog" => (ComplementaryLogLog, true),
            "sqrt" => (Power(0.5), true),
            "inverse_square" => (InverseSquare, true),
            _ => (default, false),
        };
        if (known || !NamedNumber.TryParse(name, "power", out var exponent) || exponent == 0)
            return known;
        link = Power(exponent);
        return true;
    }

    /// <summary>η = g(μ). Outside the link's domain NaN or an infinity.</summary>
    public double Apply(double mu) =>
        Function switch
        {
            LinkFunction.Identity => mu,
            LinkFunction.Log => VectorMath.Log(mu),
            LinkFunction.Logit => VectorMath.Log(mu / (1 - mu)),
            LinkFunction.Inverse => 1 / mu,
            LinkFunction.Probit => StandardNormal.Quantile(mu),
            LinkFunction.ComplementaryLogLog => VectorMath.Log(-VectorMath.LogOnePlus(-mu)),
            LinkFunction.Power => VectorMath.Pow(mu, Exponent),
            _ => throw Unknown(Function),
        };

    /// <summary>μ = g⁻¹(η).</summary>
    public double Inverse(double eta) =>
        Function switch
        {
            LinkFunction.Identity => eta,
            LinkFunction.Log => VectorMath.Exp(eta),
            LinkFunction.Logit => VectorMath.Logistic(eta),
            LinkFunction.Inverse => 1 / eta,
            LinkFunction.Probit => NormalDistribution.Cumulative(eta),
            LinkFunction.ComplementaryLogLog => -VectorMath.ExpMinusOne(-VectorMath.Exp(eta)),
            LinkFunction.Power => VectorMath.Pow(eta, 1 / Exponent),
            _ => throw Unknown(Function),
        };

    /// <summary>dμ/dη at η.</summary>
    public double InverseDerivative(double eta)
    {
        switch (Function)
        {
            case LinkFunction.Identity:
                return 1;
            case LinkFunction.Log:
                return VectorMath.Exp(eta);
            case LinkFunction.Logit:
                // Both factors keep their relative accuracy in the tails; μ·(1 − μ) would lose one.
                return VectorMath.Logistic(eta) * VectorMath.Logistic(-eta);
            case LinkFunction.Inverse:
                return -1 / (eta * eta);
            case LinkFunction.Probit:
                return NormalDistribution.Density(eta);
            case LinkFunction.ComplementaryLogLog:
                return VectorMath.Exp(eta - VectorMath.Exp(eta));
            case LinkFunction.Power:
                return VectorMath.Pow(eta, 1 / Exponent - 1) / Exponent;
            default:
                throw Unknown(Function);
        }
    }

    /// <summary>d²μ/dη² at η.</summary>
    public double InverseSecondDerivative(double eta)
    {
        switch (Function)
        {
            case LinkFunction.Identity:
                return 0;
            case LinkFunction.Log:
                return VectorMath.Exp(eta);
            case LinkFunction.Logit:
                // d·(1 − 2μ) with 1 − 2μ = tanh(−η/2), which keeps its digits near η = 0.
                return InverseDerivative(eta) * (VectorMath.Logistic(-eta) - VectorMath.Logistic(eta));
            case LinkFunction.Inverse:
                return 2 / (eta * eta * eta);
            case LinkFunction.Probit:
                return -eta * NormalDistribution.Density(eta);
            case LinkFunction.ComplementaryLogLog:
                return InverseDerivative(eta) * -VectorMath.ExpMinusOne(eta);
            case LinkFunction.Power:
                return VectorMath.Pow(eta, 1 / Exponent - 2) * (1 / Exponent - 1) / Exponent;
            default:
                throw Unknown(Function);
        }
    }

    /// <summary>mu[i] = g⁻¹(eta[i]) over shapes (n), the same bits as row by row; <paramref name="mu"/> may be <paramref name="eta"/>.</summary>
    public void Inverse(ReadOnlySpan<double> eta, Span<double> mu)
    {
        if (mu.Length < eta.Length)
            throw new ArgumentException(
                $"{eta.Length} values of eta need a span of at least that length, not {mu.Length}.",
                nameof(mu)
            );
        switch (Function)
        {
            case LinkFunction.Identity:
                eta.CopyTo(mu);
                break;
            case LinkFunction.Log:
                VectorMath.Exp(eta, mu);
                break;
            case LinkFunction.Logit:
                VectorMath.Logistic(eta, mu);
                break;
            default:
                for (var i = 0; i < eta.Length; i++)
                    mu[i] = Inverse(eta[i]);
                break;
        }
    }

    public override string ToString() => Name;

    static InvalidOperationException Unknown(LinkFunction function) => new($"link function {function} is not known.");
}
