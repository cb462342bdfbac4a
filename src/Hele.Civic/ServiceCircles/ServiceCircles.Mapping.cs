using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.ServiceCircles;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class ServiceCirclesMapping
{
    private static readonly Handling Helping = new(
        ("让邻居知道什么时候可以就近找谁帮忙", "that neighbours know whom to turn to nearby, and when"),
        ("《个人信息保护法》第13条第一款第一项：本人同意", "PIPL art. 13(1): their own consent"),
        ("帮忙期间，结束后再保存一段时间", "while they help, and for some time after"), Expiry.By("retention.helper", nameof(NearbyHelper.To)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<StreetMap>(e =>
        {
            e.ToTable("StreetMaps");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(StreetMap.NameLength).NotPersonal();
            e.Property(x => x.Source).HasMaxLength(StreetMap.SourceLength).NotPersonal();
            e.Property(x => x.Datum).NotPersonal();
            e.Property(x => x.Packed).NotPersonal();
            e.Property(x => x.Ways).NotPersonal();
            e.Property(x => x.Findings).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        });
        model.Entity<StreetCorrection>(e =>
        {
            e.ToTable("StreetCorrections");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(StreetCorrection.NameLength).NotPersonal();
            e.Property(x => x.Line).HasMaxLength(StreetCorrection.LineLength).NotPersonal();
            e.Property(x => x.Hours).HasMaxLength(StreetCorrection.HoursLength).NotPersonal();
            e.Property(x => x.Steps).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        });
        model.Entity<ServicePoint>(e =>
        {
            e.ToTable("ServicePoints");
            e.Ignore(x => x.At);
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).HasMaxLength(ServicePoint.KindLength).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(ServicePoint.NameLength).NotPersonal();
            e.Property(x => x.Phone).HasMaxLength(ServicePoint.PhoneLength).NotPersonal();
            e.Property(x => x.LonE7).NotPersonal();
            e.Property(x => x.LatE7).NotPersonal();
            e.Property(x => x.Hours).HasMaxLength(StreetCorrection.HoursLength).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.ClosedAt).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.Name }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        model.Entity<NearbyHelper>(e =>
        {
            e.ToTable("NearbyHelpers");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Hours).HasMaxLength(StreetCorrection.HoursLength).Personal(("就近帮忙的时间", "When they help nearby"), Helping);
            e.Property(x => x.AgreedOn).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.EndedAt).NotPersonal();
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        model.Entity<CircleReading>(e =>
        {
            e.ToTable("CircleReadings");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Number).NotPersonal();
            e.Property(x => x.On).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.WeekDay).NotPersonal();
            e.Property(x => x.Minute).NotPersonal();
            e.Property(x => x.LimitMinutes).NotPersonal();
            e.Property(x => x.AdultSpeed).NotPersonal();
            e.Property(x => x.OlderSpeed).NotPersonal();
            e.Property(x => x.ChildSpeed).NotPersonal();
            e.Property(x => x.WheelchairSpeed).NotPersonal();
            e.Property(x => x.OpenPoints).NotPersonal();
            e.Property(x => x.Helpers).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.Number }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.On });
        });
        model.Entity<CircleLine>(e =>
        {
            e.ToTable("CircleLines");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.ReadingId).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.Seconds).NotPersonal();
            e.Property(x => x.Adult).NotPersonal();
            e.Property(x => x.Older).NotPersonal();
            e.Property(x => x.Child).NotPersonal();
            e.Property(x => x.Wheelchair).NotPersonal();
            e.HasOne<CircleReading>().WithMany().HasForeignKey(x => x.ReadingId);
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            e.HasIndex(x => new { x.JurisdictionId, x.ReadingId, x.BuildingId }).IsUnique();
        });
    }
}
