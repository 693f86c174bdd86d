namespace Halley.Statistics;

/// <summary>A family as an object: what specs name and models keep. Loops over rows are compiled with the formulas inside.</summary>
public abstract record Family
{
    private protected Family() { }

    public static Family Gaussian { get; } = new FamilyOf<GaussianFamily>(default);
    public static Family Poisson { get; } = new FamilyOf<PoissonFamily>(default);
    public static Family Gamma { get; } = new FamilyOf<GammaFamily>(default);
    public static Family Binomial { get; } = new FamilyOf<BinomialFamily>(default);
    public static Family InverseGaussian { get; } = new FamilyOf<InverseGaussianFamily>(default);

    /// <summary>Poisson with its dispersion estimated.</summary>
    public static Family QuasiPoisson { get; } = new FamilyOf<QuasiPoissonFamily>(default);

    /// <summary>Binomial with its dispersion estimated.</summary>
    public static Family QuasiBinomial { get; } = new FamilyOf<QuasiBinomialFamily>(default);

    /// <summary>Tweedie with 1 &lt; <paramref name="power"/> &lt; 2.</summary>
    public static Family Tweedie(double power) => new FamilyOf<TweedieFamily>(new(power));

    /// <summary>Tweedie whose power the fit estimates by profile likelihood.</summary>
    public static Family TweedieEstimated { get; } = new FamilyOf<TweedieFamily>(new(1.5) { IsShapeEstimated = true });

    /// <summary>Negative binomial with <paramref name="theta"/> &gt; 0: Var(Y) = μ + μ²/θ.</summary>
    public static Family NegativeBinomial(double theta) => new FamilyOf<NegativeBinomialFamily>(new(theta));

    /// <summary>Negative binomial whose θ the fit estimates by maximum likelihood.</summary>
    public static Family NegativeBinomialEstimated { get; } =
        new FamilyOf<NegativeBinomialFamily>(new(1) { IsShapeEstimated = true });

    /// <summary>The names that <see cref="TryParse"/> takes.</summary>
    public const string Names =
        "gaussian, poisson, quasipoisson, negbinomial (theta estimated), negbinomial(theta), gamma, inversegaussian, "
        + "tweedie (power estimated), tweedie(p) with 1 < p < 2, binomial, quasibinomial";

    /// <summary>Reads a family's name.</summary>
    public static bool TryParse(string? name, out Family family)
    {
        Family? found = name switch
        {
            "gaussian" => Gaussian,
            "poisson" => Poisson,
            "gamma" => Gamma,
            "binomial" => Binomial,
            "inversegaussian" => InverseGaussian,
            "quasipoisson" => QuasiPoisson,
            "quasibinomial" => QuasiBinomial,
            "tweedie" => TweedieEstimated,
            "negbinomial" => NegativeBinomialEstimated,
            _ when NamedNumber.TryParse(name, "tweedie", out var power) && power is > 1 and < 2 => Tweedie(power),
            _ when NamedNumber.TryParse(name, "negbinomial", out var theta) && theta > 0 => NegativeBinomial(theta),
            _ => null,
        };
        family = found ?? Gaussian;
        return found is not null;
    }

    /// <summary>Reads a family's name or says which there are.</summary>
    /// <exception cref="FormatException">The name is not one of <see cref="Names"/>.</exception>
    public static Family Parse(string? name) =>
        TryParse(name, out var family) ? family : throw new FormatException($"family '{name}' is not one of {Names}.");

    /// <inheritdoc cref="IFamily.Name"/>
    public abstract string Name { get; }

    /// <inheritdoc cref="IFamily.CanonicalLink"/>
    public abstract Link? CanonicalLink { get; }

    /// <inheritdoc cref="IFamily.DefaultLink"/>
    public abstract Link DefaultLink { get; }

    /// <inheritdoc cref="IFamily.FixedDispersion"/>
    public abstract bool FixedDispersion { get; }

    /// <inheritdoc cref="IFamily.HasLikelihood"/>
    public abstract bool HasLikelihood { get; }

    /// <inheritdoc cref="IFamily.IsShapeEstimated"/>
    public abstract bool IsShapeEstimated { get; }

    /// <inheritdoc cref="IFamily.Domain"/>
    public abstract string Domain { get; }

    /// <inheritdoc cref="IFamily.InDomain"/>
    public abstract bool InDomain(double y);

    /// <inheritdoc cref="IFamily.MeanInDomain"/>
    public abstract bool MeanInDomain(double mu);

    /// <inheritdoc cref="IFamily.Variance"/>
    public abstract double Variance(double mu);

    /// <inheritdoc cref="IFamily.UnitDeviance"/>
    public abstract double UnitDeviance(double y, double mu);

    /// <inheritdoc cref="IFamily.LogLikelihood"/>
    public abstract double LogLikelihood(double y, double mu, double weight, double dispersion);

    /// <summary>Row of the first y outside the domain, or −1.</summary>
    public abstract int IndexOutsideDomain(ReadOnlySpan<double> y);

    /// <summary>Σ w·d(y, μ) over shapes (n); an empty <paramref name="weight"/> stands for ones.</summary>
    public abstract double Deviance(ReadOnlySpan<double> y, ReadOnlySpan<double> mu, ReadOnlySpan<double> weight = default);

    /// <summary>Pearson's Σ w·(y − μ)²/V(μ) over shapes (n); an empty <paramref name="weight"/> stands for ones.</summary>
    public abstract double PearsonStatistic(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    );

    /// <summary>Log likelihood over shapes (n), the dispersion plugged in as R's <c>logLik</c> does.</summary>
    public abstract double LogLikelihood(ReadOnlySpan<double> y, ReadOnlySpan<double> mu, ReadOnlySpan<double> weight = default);

    /// <summary>Adds rows to what a log likelihood's dispersion rests on, for rows that come chunk after chunk; then see <see cref="AddLogLikelihood"/>.</summary>
    public abstract LikelihoodTotals AddRows(
        LikelihoodTotals totals,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    );

    /// <summary>Adds the log likelihood of rows to a sum.</summary>
    /// <param name="totals">Of all rows, by <see cref="AddRows"/>.</param>
    public abstract double AddLogLikelihood(
        double sum,
        LikelihoodTotals totals,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    );

    /// <summary>Calls <paramref name="visitor"/> with the family's struct, so that the visitor's loops have the formulas inside.</summary>
    public abstract TResult Accept<TResult>(IFamilyVisitor<TResult> visitor);

    /// <summary>Akaike's criterion as R's <c>AIC</c> has it: an estimated dispersion counts as a parameter.</summary>
    /// <param name="rank">Number of coefficients.</param>
    public double Aic(ReadOnlySpan<double> y, ReadOnlySpan<double> mu, ReadOnlySpan<double> weight, int rank) =>
        2 * (rank + (FixedDispersion ? 0 : 1)) - 2 * LogLikelihood(y, mu, weight);

    public sealed override string ToString() => Name;
}
